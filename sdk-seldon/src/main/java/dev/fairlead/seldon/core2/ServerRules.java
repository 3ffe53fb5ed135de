package dev.fairlead.seldon.core2;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.kube.KubeNames;
import dev.fairlead.spi.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of servers and what they are made of. */
final class ServerRules {
    /** A StatefulSet's pods bear its name and ten characters more in a label of at most 63. */
    private static final int LONGEST_NAME = 52;

    private ServerRules() {}

    static void check(SeldonServer server, Problems at) {
        Core2Rules.checkLabelled(server, at);
        String name = server.name();
        at.require(
                name == null || name.length() <= LONGEST_NAME,
                "name",
                "must be at most " + LONGEST_NAME
                        + " characters: with more it gets no pods, and is reported ready all the same",
                name);
        Problems spec = at.at("spec");
        Core2Rules.checkReference("serverConfig", server.serverConfig(), spec);
        checkCapabilities("capabilities", server.capabilities(), spec);
        checkCapabilities("extraCapabilities", server.extraCapabilities(), spec);
        server.agent().ifPresent(pod -> Pods.checkContainer(pod, "imageOverrides.agent", spec));
        server.rclone().ifPresent(pod -> Pods.checkContainer(pod, "imageOverrides.rclone", spec));
        server.pod().ifPresent(pod -> Pods.checkSpec(pod, spec));
        Pods.checkLeft(Core2Rules.specRest(server), spec);
        Core2Rules.checkScaling(server.replicas(), server.minReplicas(), server.maxReplicas(), spec);
    }

    private static void checkCapabilities(String field, List<String> capabilities, Problems at) {
        int i = 0;
        for (String capability : capabilities) {
            at.require(
                    !capability.isEmpty() && capability.strip().equals(capability) && !capability.contains(","),
                    field + "[" + i++ + "]",
                    "must be a word: not empty, without spaces around it and without a comma, which parts it in two",
                    capability);
        }
    }

    static void check(ServerConfig config, Problems at) {
        Core2Rules.checkObject(config, at);
        Problems spec = at.at("spec");
        PodTemplate pod = config.pod();
        if (pod != null) {
            Pods.checkSpec(pod, spec);
        } else if (spec.require(Core2Rules.specRest(config).containsKey("podSpec"), "podSpec", "must be set", null)) {
            Pods.checkLeft(Core2Rules.specRest(config), spec);
        }
        checkVolumes(config.volumeClaimTemplates(), spec);
    }

    static void checkVolumes(List<VolumeClaimTemplate> templates, Problems at) {
        Set<String> names = new HashSet<>();
        int i = 0;
        for (VolumeClaimTemplate template : templates) {
            Problems here = at.at("volumeClaimTemplates[" + i++ + "]");
            KubeNames.checkLabel(here, "name", template.name());
            here.require(names.add(template.name()), "name", "must not be that of another volume", template.name());
            checkClaim(template, here);
        }
    }

    private static void checkClaim(VolumeClaimTemplate template, Problems at) {
        @Nullable Object modes = template.spec().get("accessModes");
        at.require(
                modes instanceof List<?> list && !list.isEmpty(),
                "spec.accessModes",
                "must be set: no pod is made without it",
                modes);
    }
}
