package dev.fairlead.kubernetes;

import dev.fairlead.spi.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold of a pod: what the API server would refuse, found before anything is sent. */
final class PodRules {
    private PodRules() {}

    static void check(Map<String, Object> pod, String main, Map<String, Resources> resources, Problems at) {
        Map<String, Object> spec = Trees.map(pod, "spec");
        if (pod.get("metadata") instanceof Map<?, ?> metadata) {
            Names.checkLabels(at, "labels", metadata.get("labels"));
            Names.checkAnnotations(at, "annotations", metadata.get("annotations"));
        }
        Set<String> volumes = checkVolumes(spec, at);
        Set<String> names = new HashSet<>();
        for (String field : List.of("initContainers", "containers")) {
            for (Map<String, Object> container : Trees.objects(spec, field)) {
                String name = String.valueOf(container.get("name"));
                boolean isMain = field.equals("containers") && name.equals(main);
                Problems here = isMain ? at : at.at(field + "[" + name + "]");
                Names.checkLabel(here, isMain ? "mainContainer" : "name", container.get("name"));
                here.require(names.add(name), isMain ? "mainContainer" : "name", "must be unique in the pod", name);
                checkContainer(container, resources.get(name), volumes, here);
            }
        }
        checkSpec(spec, at);
    }

    private static Set<String> checkVolumes(Map<String, Object> spec, Problems at) {
        Set<String> names = new HashSet<>();
        for (Map<String, Object> volume : Trees.objects(spec, "volumes")) {
            Object name = volume.get("name");
            Problems here = at.at("volumes[" + name + "]");
            Names.checkLabel(here, "name", name);
            here.require(names.add(String.valueOf(name)), "name", "must be unique in the pod", name);
            if (volume.get("emptyDir") instanceof Map<?, ?> dir && dir.get("sizeLimit") != null) {
                Quantities.checkBytes(here, "sizeLimit", String.valueOf(dir.get("sizeLimit")));
            }
        }
        return names;
    }

    private static void checkContainer(
            Map<String, Object> container, @Nullable Resources typed, Set<String> volumes, Problems at) {
        Object image = container.get("image");
        if (image != null) {
            boolean sound = image instanceof String text
                    && !text.isBlank()
                    && text.strip().equals(text);
            at.require(sound, "image", "must be an image reference without spaces around it", image);
        }
        oneOf(at, "imagePullPolicy", container.get("imagePullPolicy"), "Always", "IfNotPresent", "Never");
        checkEnv(container, at);
        checkMounts(container, volumes, at);
        checkPorts(container, at);
        if (typed != null) {
            at.part("resources", typed);
        } else if (container.get("resources") instanceof Map<?, ?> given) {
            ResourceTrees.check(Trees.copy(given), at.at("resources"));
        }
    }

    private static void checkEnv(Map<String, Object> container, Problems at) {
        Set<String> names = new HashSet<>();
        for (Map<String, Object> variable : Trees.objects(container, "env")) {
            String name = String.valueOf(variable.get("name"));
            Problems here = at.at("env[" + name + "]");
            // the rule since Kubernetes 1.30: printable ASCII but '='
            if (!name.matches("[ -<>-~]+")) {
                here.add("must be named in printable ASCII without '='", name);
            }
            if (!names.add(name)) {
                here.add("must be set once", name);
            }
            if (variable.get("valueFrom") instanceof Map<?, ?> from
                    && from.get("secretKeyRef") instanceof Map<?, ?> secret) {
                Names.checkSubdomain(here, "secret.name", secret.get("name"));
                boolean key = secret.get("key") instanceof String text && text.matches("[-._a-zA-Z0-9]{1,253}");
                here.require(key, "secret.key", "must be letters, digits, '-', '_' and '.'", secret.get("key"));
            }
        }
    }

    private static void checkMounts(Map<String, Object> container, Set<String> volumes, Problems at) {
        Set<String> paths = new HashSet<>();
        for (Map<String, Object> mount : Trees.objects(container, "volumeMounts")) {
            String path = String.valueOf(mount.get("mountPath"));
            Problems here = at.at("mount[" + path + "]");
            if (!path.startsWith("/") || path.contains(":")) {
                here.add("must be an absolute path without ':'", path);
            }
            if (!paths.add(path)) {
                here.add("must be mounted once", path);
            }
            if (!volumes.contains(String.valueOf(mount.get("name")))) {
                here.add(
                        "must name a volume of the pod, which has "
                                + volumes.stream().sorted().collect(Collectors.joining(", ", "[", "]")),
                        mount.get("name"));
            }
        }
    }

    private static void checkPorts(Map<String, Object> container, Problems at) {
        for (Map<String, Object> port : Trees.objects(container, "ports")) {
            Object number = port.get("containerPort");
            boolean sound = number instanceof Number n && n.longValue() >= 1 && n.longValue() <= 65535;
            at.require(sound, "ports[" + port.getOrDefault("name", number) + "]", "must be 1 to 65535", number);
            Object name = port.get("name");
            at.require(
                    name == null || isPortName(String.valueOf(name)),
                    "ports[" + name + "].name",
                    "must be at most 15 lower-case letters, digits and '-', one of them a letter",
                    name);
        }
    }

    private static boolean isPortName(String name) {
        return name.matches("(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?") && !name.contains("--");
    }

    private static void checkSpec(Map<String, Object> spec, Problems at) {
        Names.checkLabels(at, "nodeSelector", spec.get("nodeSelector"));
        oneOf(at, "restartPolicy", spec.get("restartPolicy"), "Always", "OnFailure", "Never");
        for (String field : List.of("serviceAccountName", "runtimeClassName", "priorityClassName", "schedulerName")) {
            if (spec.containsKey(field)) {
                Names.checkSubdomain(at, field, spec.get(field));
            }
        }
        for (Map<String, Object> secret : Trees.objects(spec, "imagePullSecrets")) {
            Names.checkSubdomain(at, "imagePullSecrets", secret.get("name"));
        }
        int i = 0;
        for (Map<String, Object> toleration : Trees.objects(spec, "tolerations")) {
            checkToleration(toleration, at.at("tolerations[" + i++ + "]"));
        }
    }

    private static void checkToleration(Map<String, Object> toleration, Problems at) {
        Object operator = toleration.getOrDefault("operator", "Equal");
        oneOf(at, "operator", operator, "Exists", "Equal", "Lt", "Gt");
        oneOf(at, "effect", toleration.get("effect"), "NoSchedule", "PreferNoSchedule", "NoExecute");
        if ("Exists".equals(operator)) {
            at.require(
                    toleration.get("value") == null, "value", "must not be set with Exists", toleration.get("value"));
        } else {
            at.require(toleration.get("key") != null, "key", "must be set unless the operator is Exists", null);
        }
    }

    private static void oneOf(Problems at, String field, @Nullable Object value, String... allowed) {
        if (value != null) {
            at.require(List.of(allowed).contains(value), field, "must be one of " + String.join(", ", allowed), value);
        }
    }
}
