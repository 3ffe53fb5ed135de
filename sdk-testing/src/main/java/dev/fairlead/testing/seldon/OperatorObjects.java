package dev.fairlead.testing.seldon;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the objects the operator makes of a SeldonDeployment: names, labels, containers and ports as those of 1.17.1. */
final class OperatorObjects {
    static final String ID = "seldon-deployment-id";
    static final String APP = "seldon-app";
    static final String ENGINE = "seldon-container-engine";
    private static final Set<String> BUILT_IN =
            Set.of("", "UNKNOWN_IMPLEMENTATION", "SIMPLE_MODEL", "SIMPLE_ROUTER", "RANDOM_ABTEST", "AVERAGE_COMBINER");

    private final Map<String, Object> sdep;
    private final ServerImages images;
    private final List<Map<String, Object>> deployments = new ArrayList<>();
    private final List<Map<String, Object>> services = new ArrayList<>();

    private OperatorObjects(Map<String, Object> sdep, ServerImages images) {
        this.sdep = sdep;
        this.images = images;
    }

    static OperatorObjects of(Map<String, Object> sdep, ServerImages images) {
        OperatorObjects objects = new OperatorObjects(Json.copy(sdep), images);
        for (Map<String, Object> predictor : Json.objects(Json.at(objects.sdep, "spec"), "predictors")) {
            objects.predictor(predictor);
        }
        return objects;
    }

    List<Map<String, Object>> deployments() {
        return deployments;
    }

    List<Map<String, Object>> services() {
        return services;
    }

    static boolean isServer(Map<String, Object> node) {
        return !BUILT_IN.contains(Json.text(node, "implementation"));
    }

    static Optional<Map<String, Object>> container(Map<String, Object> predictor, String name) {
        return Json.objects(predictor, "componentSpecs").stream()
                .flatMap(c -> Json.objects(Json.at(c, "spec"), "containers").stream())
                .filter(c -> name.equals(c.get("name")))
                .findFirst();
    }

    static String shortened(String name) {
        if (name.length() <= 63) {
            return name;
        }
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
            return "seldon-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String service(String sdep, Map<String, Object> predictor) {
        String own = Json.text(Json.at(predictor, "annotations"), "seldon.io/svc-name");
        return own.isEmpty() ? shortened(sdep + "-" + Json.text(predictor, "name")) : own;
    }

    private static void nodes(Map<String, Object> node, List<Map<String, Object>> into) {
        into.add(node);
        Json.objects(node, "children").forEach(child -> nodes(child, into));
    }

    private void predictor(Map<String, Object> predictor) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        nodes(Json.at(predictor, "graph"), nodes);
        nodes.stream()
                .filter(OperatorObjects::isServer)
                .filter(n -> container(predictor, Json.text(n, "name")).isEmpty())
                .forEach(n -> addContainer(predictor, Json.text(n, "name")));
        String service = service(Json.name(sdep), predictor);
        List<Map<String, Object>> components = Json.objects(predictor, "componentSpecs");
        boolean engine = !Json.text(Json.at(predictor, "annotations"), "seldon.io/no-engine")
                .equalsIgnoreCase("true");
        for (int i = 0; i < components.size(); i++) {
            if (!Json.objects(Json.at(components.get(i), "spec"), "containers").isEmpty()) {
                deployments.add(deployment(predictor, nodes, components.get(i), i, service, engine && i == 0));
            }
        }
        services.add(service(service, Json.of(APP, service), engine ? 8000 : 9000, engine ? 5001 : 9500, predictor));
    }

    private static void addContainer(Map<String, Object> predictor, String name) {
        List<Object> components = Json.list(predictor, "componentSpecs");
        if (components.isEmpty()) {
            components.add(Json.of("spec", Json.of()));
        }
        Map<String, Object> first = Json.objects(predictor, "componentSpecs").get(0);
        Json.list(Json.make(first, "spec"), "containers").add(Json.of("name", name));
    }

    private Map<String, Object> deployment(
            Map<String, Object> predictor,
            List<Map<String, Object>> nodes,
            Map<String, Object> component,
            int index,
            String service,
            boolean engine) {
        Map<String, Object> pod = Json.copy(Json.at(component, "spec"));
        List<String> names = Json.objects(pod, "containers").stream()
                .map(c -> Json.text(c, "name"))
                .toList();
        String own = Json.name(component);
        String name = shortened(Json.name(sdep) + "-" + Json.text(predictor, "name") + "-" + index + "-"
                + (own.isEmpty() ? String.join("-", names) : own));
        Map<String, Object> selector = Json.of(ID, shortened(Json.name(sdep)), APP, service);
        for (Map<String, Object> node : nodes) {
            Json.objects(pod, "containers").stream()
                    .filter(c -> Json.text(c, "name").equals(Json.text(node, "name")))
                    .forEach(c -> fill(node, predictor, c, pod, selector));
        }
        if (engine) {
            Json.list(pod, "containers").add(Json.of("name", ENGINE, "image", "seldonio/seldon-core-executor:1.17.1"));
        }
        Map<String, Object> labels = labels(predictor, name, selector);
        labels.putAll(Json.at(component, "metadata", "labels"));
        Map<String, Object> annotations = Json.copy(Json.at(sdep, "spec", "annotations"));
        annotations.putAll(Json.at(predictor, "annotations"));
        annotations.putAll(Json.at(component, "metadata", "annotations"));
        Map<String, Object> template = Json.of(
                "metadata", Json.of("labels", Json.copy(labels), "annotations", Json.copy(annotations)), "spec", pod);
        Map<String, Object> spec = Json.of(
                "replicas",
                replicas(predictor, component),
                "selector",
                Json.of("matchLabels", selector),
                "template",
                template);
        if (predictor.containsKey("progressDeadlineSeconds")) {
            spec.put("progressDeadlineSeconds", predictor.get("progressDeadlineSeconds"));
        }
        return Json.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                metadata(name, labels, annotations),
                "spec",
                spec);
    }

    private Map<String, Object> labels(Map<String, Object> predictor, String name, Map<String, Object> selector) {
        Map<String, Object> labels =
                Json.of("app", name, "fluentd", "true", "app.kubernetes.io/managed-by", "seldon-core");
        labels.putAll(selector);
        labels.put("version", Json.text(predictor, "name"));
        labels.putAll(Json.at(predictor, "labels"));
        return labels;
    }

    private int replicas(Map<String, Object> predictor, Map<String, Object> component) {
        int whole = Json.number(Json.at(sdep, "spec"), "replicas", 1);
        return Json.number(component, "replicas", Json.number(predictor, "replicas", whole));
    }

    /** Completes the container of a node: image, port, the init container that fetches the model, a Service of its own. */
    private void fill(
            Map<String, Object> node,
            Map<String, Object> predictor,
            Map<String, Object> container,
            Map<String, Object> pod,
            Map<String, Object> selector) {
        String name = Json.text(node, "name");
        if (isServer(node) && Json.text(container, "image").isEmpty()) {
            String protocol = Json.text(Json.at(sdep, "spec"), "protocol");
            container.put("image", images.image(Json.text(node, "implementation"), protocol));
        }
        Json.list(container, "ports").add(Json.of("name", "http", "containerPort", 9000, "protocol", "TCP"));
        String uri = Json.text(node, "modelUri");
        if (isServer(node) && !uri.isEmpty()) {
            Map<String, Object> fetch = Json.of(
                    "name",
                    name + "-model-initializer",
                    "image",
                    "seldonio/rclone-storage-initializer:1.14.1",
                    "args",
                    List.of(uri, "/mnt/models"));
            String secret = Json.text(node, "envSecretRefName");
            if (!secret.isEmpty()) {
                fetch.put("envFrom", List.of(Json.of("secretRef", Json.of("name", secret))));
            }
            Json.list(pod, "initContainers").add(fetch);
        }
        String label = "seldon-app-svc-" + name;
        String service = shortened(Json.name(sdep) + "-" + Json.text(predictor, "name") + "-" + name);
        selector.put(label, service);
        services.add(service(service, Json.of(label, service), 9000, 9500, predictor));
    }

    private Map<String, Object> service(
            String name, Map<String, Object> selector, int http, int grpc, Map<String, Object> predictor) {
        Map<String, Object> labels =
                Json.of(ID, shortened(Json.name(sdep)), "app.kubernetes.io/managed-by", "seldon-core");
        labels.putAll(selector);
        List<Map<String, Object>> ports = List.of(
                Json.of("name", "http", "port", http, "targetPort", http, "protocol", "TCP"),
                Json.of("name", "grpc", "port", grpc, "targetPort", grpc, "protocol", "TCP"));
        return Json.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                metadata(name, labels, Json.at(predictor, "annotations")),
                "spec",
                Json.of("type", "ClusterIP", "selector", Json.copy(selector), "ports", ports));
    }

    private Map<String, Object> metadata(String name, Map<String, Object> labels, Map<String, Object> annotations) {
        Map<String, Object> owner = Json.of(
                "apiVersion",
                "machinelearning.seldon.io/v1",
                "kind",
                "SeldonDeployment",
                "name",
                Json.name(sdep),
                "uid",
                Json.text(Json.at(sdep, "metadata"), "uid"),
                "controller",
                true,
                "blockOwnerDeletion",
                true);
        return Json.of(
                "name", name,
                "namespace", Json.namespace(sdep),
                "labels", Json.copy(labels),
                "annotations", Json.copy(annotations),
                "ownerReferences", List.of(owner));
    }

    /** Returns what the API server would refuse of the objects, as the operator reports it; empty if nothing. */
    String refusal() {
        for (Map<String, Object> service : services) {
            String name = Json.name(service);
            if (!name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
                return "Service \"" + name + "\" is invalid: metadata.name: Invalid value: \"" + name
                        + "\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end"
                        + " with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
            }
        }
        for (Map<String, Object> deployment : deployments) {
            String start = "Deployment.apps \"" + Json.name(deployment) + "\" is invalid: ";
            int replicas = Json.number(Json.at(deployment, "spec"), "replicas", 1);
            if (replicas < 0) {
                return start + "spec.replicas: Invalid value: " + replicas + ": must be greater than or equal to 0";
            }
            List<Map<String, Object>> containers =
                    Json.objects(Json.at(deployment, "spec", "template", "spec"), "containers");
            for (int i = 0; i < containers.size(); i++) {
                if (Json.text(containers.get(i), "image").isEmpty()) {
                    return start + "spec.template.spec.containers[" + i + "].image: Required value";
                }
            }
        }
        return "";
    }
}
