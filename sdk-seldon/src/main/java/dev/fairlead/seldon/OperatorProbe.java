package dev.fairlead.seldon;

import dev.fairlead.error.PermissionException;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how the cluster's operator is set up: from its ConfigMap, and from the variables of its own Deployment. */
final class OperatorProbe {
    private static final String USUAL_NAMESPACE = "seldon-system";
    private static final String CONFIG = "seldon-config";
    private static final String LABEL = "control-plane=seldon-controller-manager";

    private final KubeAccess kube;
    private final List<String> unknown = new ArrayList<>();
    private boolean environmentKnown;
    private boolean serversKnown;

    OperatorProbe(KubeAccess kube) {
        this.kube = kube;
    }

    /** Returns what could not be read, and why. */
    List<String> unknown() {
        return unknown;
    }

    /** Tells whether the operator's switches were read. */
    boolean knowsSwitches() {
        return environmentKnown;
    }

    /** Tells whether the servers were read. */
    boolean knowsServers() {
        return serversKnown;
    }

    OperatorSettings read() {
        OperatorSettings.Builder builder = OperatorSettings.builder();
        Optional<Map<String, Object>> config = config();
        config.ifPresent(c -> builder.serverImages(images(c)));
        serversKnown = config.isPresent();
        String namespace = config.map(c -> Trees.text(Trees.at(c, "metadata"), "namespace"))
                .orElse(USUAL_NAMESPACE);
        environment(namespace).ifPresent(variables -> {
            environmentKnown = true;
            builder.istio(isTrue(variables, "ISTIO_ENABLED"));
            builder.ambassador(ambassador(variables));
            builder.keda(isTrue(variables, "KEDA_ENABLED"));
            builder.deploymentNameAsPrefix(isTrue(variables, "DEPLOYMENT_NAME_AS_PREFIX"));
            port(variables, "ENGINE_SERVER_PORT").ifPresent(builder::httpPort);
            port(variables, "ENGINE_SERVER_GRPC_PORT").ifPresent(builder::grpcPort);
        });
        return builder.build();
    }

    private Optional<Map<String, Object>> config() {
        try {
            Optional<Map<String, Object>> usual = kube.find(KubeAccess.Kind.CONFIG_MAP, USUAL_NAMESPACE, CONFIG);
            Optional<Map<String, Object>> found = usual.isPresent()
                    ? usual
                    : kube.list(KubeAccess.Kind.CONFIG_MAP, "", LABEL).stream()
                            .filter(c -> CONFIG.equals(Trees.text(Trees.at(c, "metadata"), "name")))
                            .findFirst();
            if (found.isEmpty()) {
                unknown.add("the servers: no ConfigMap " + CONFIG + " was found");
            }
            return found;
        } catch (PermissionException e) {
            unknown.add("the servers: ConfigMap " + CONFIG + " may not be read: " + e.reason());
            return Optional.empty();
        }
    }

    private static Map<String, Map<String, String>> images(Map<String, Object> config) {
        String text = Trees.text(Trees.at(config, "data"), "predictor_servers");
        Map<String, Object> servers = text.isEmpty()
                ? Map.of()
                : JsonCodec.camelCase().object(text.getBytes(StandardCharsets.UTF_8), "predictor_servers of " + CONFIG);
        Map<String, Map<String, String>> images = new LinkedHashMap<>();
        servers.forEach((server, value) -> {
            Map<String, String> byProtocol = new LinkedHashMap<>();
            Trees.at(servers, server, "protocols").forEach((protocol, unused) -> {
                Map<String, Object> image = Trees.at(servers, server, "protocols", protocol);
                String version = Trees.text(image, "defaultImageVersion");
                byProtocol.put(protocol, Trees.text(image, "image") + (version.isEmpty() ? "" : ":" + version));
            });
            images.put(server, byProtocol);
        });
        return images;
    }

    private Optional<Map<String, String>> environment(String namespace) {
        try {
            Optional<Map<String, Object>> manager = kube.list(KubeAccess.Kind.DEPLOYMENT, namespace, LABEL).stream()
                    .findFirst();
            if (manager.isEmpty()) {
                unknown.add("Istio, Ambassador and KEDA: the operator's Deployment was not found in " + namespace);
            }
            return manager.map(OperatorProbe::variables);
        } catch (PermissionException e) {
            unknown.add("Istio, Ambassador and KEDA: the operator's Deployment may not be read: " + e.reason());
            return Optional.empty();
        }
    }

    private static Map<String, String> variables(Map<String, Object> manager) {
        Map<String, String> variables = new HashMap<>();
        Map<String, Object> pod = Trees.at(manager, "spec", "template", "spec");
        for (Map<String, Object> container : Trees.objects(pod, "containers")) {
            Trees.objects(container, "env").forEach(e -> variables.put(Trees.text(e, "name"), Trees.text(e, "value")));
        }
        return variables;
    }

    /** The operator itself takes version v1 where none is said, though its chart says v2. */
    private static OperatorSettings.Ambassador ambassador(Map<String, String> variables) {
        if (!isTrue(variables, "AMBASSADOR_ENABLED")) {
            return OperatorSettings.Ambassador.OFF;
        }
        return "v1".equals(variables.getOrDefault("AMBASSADOR_VERSION", "v1"))
                ? OperatorSettings.Ambassador.ANNOTATIONS
                : OperatorSettings.Ambassador.MAPPINGS;
    }

    private static boolean isTrue(Map<String, String> variables, String name) {
        return "true".equals(variables.get(name));
    }

    private static Optional<Integer> port(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name))
                .filter(v -> v.matches("[1-9][0-9]{0,4}"))
                .map(Integer::valueOf);
    }
}
