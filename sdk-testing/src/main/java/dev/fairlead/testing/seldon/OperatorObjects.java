package dev.fairlead.testing.seldon;

import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the objects the operator makes of a SeldonDeployment: names, labels, containers and ports as those of 1.17.1. */
final class OperatorObjects {
    static final String ID = "seldon-deployment-id";
    static final String APP = "seldon-app";
    static final String ENGINE = "seldon-container-engine";
    static final Kind HPA = new Kind("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true);
    static final Kind PDB = new Kind("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true);
    private final Map<String, Object> sdep;
    private final ServerImages images;
    private final List<Map<String, Object>> deployments = new ArrayList<>();
    private final List<Map<String, Object>> services = new ArrayList<>();
    private final List<Other> others = new ArrayList<>();
    private final Map<String, Integer> httpPorts = new HashMap<>();
    private final Map<String, Integer> grpcPorts = new HashMap<>();
    private String misplaced = "";

    /**
     * Is an object beside Deployments and Services.
     *
     * @param kind its kind
     * @param object the object
     */
    record Other(Kind kind, Map<String, Object> object) {}

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

    List<Other> others() {
        return others;
    }

    static String service(String sdep, Map<String, Object> predictor) {
        String own = Json.text(Json.at(predictor, "annotations"), "seldon.io/svc-name");
        return own.isEmpty() ? Graphs.shortened(sdep + "-" + Json.text(predictor, "name")) : own;
    }

    private void predictor(Map<String, Object> predictor) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        Graphs.nodes(Json.at(predictor, "graph"), nodes);
        Json.objects(predictor, "componentSpecs").stream()
                .flatMap(c -> Json.objects(Json.at(c, "spec"), "containers").stream())
                .forEach(c -> givePorts(Json.text(c, "name")));
        nodes.stream()
                .filter(Graphs::isServer)
                .map(n -> Json.text(n, "name"))
                .filter(n -> Graphs.container(predictor, n).isEmpty())
                .forEach(n -> {
                    givePorts(n);
                    addContainer(predictor, n);
                });
        String service = service(Json.name(sdep), predictor);
        List<Map<String, Object>> components = Json.objects(predictor, "componentSpecs");
        boolean engine = !Json.text(Json.at(predictor, "annotations"), "seldon.io/no-engine")
                .equalsIgnoreCase("true");
        boolean separate = Json.text(Json.at(sdep, "spec", "annotations"), "seldon.io/engine-separate-pod")
                .equalsIgnoreCase("true");
        if (engine && separate) {
            deployments.add(orchestrator(predictor, service));
        }
        for (int i = 0; i < components.size(); i++) {
            if (!Json.objects(Json.at(components.get(i), "spec"), "containers").isEmpty()) {
                deployments.add(
                        deployment(predictor, nodes, components.get(i), i, service, engine && !separate && i == 0));
            }
        }
        if (engine) {
            services.add(service(service, Json.of(APP, service), 8000, 5001, predictor));
        } else {
            int[] ports = ports(Json.text(nodes.get(0), "name"), predictor);
            services.add(service(service, Json.of(APP, service), ports[0], ports[1], predictor));
        }
        if (engine && !separate && components.stream().limit(1).noneMatch(c -> Graphs.holdsNode(c, nodes))) {
            misplaced = "engine not separate and no pu with localhost service - not clear where to inject engine";
        }
        explainer(predictor);
    }

    private void givePorts(String container) {
        httpPorts.putIfAbsent(container, 9000 + httpPorts.size());
        grpcPorts.putIfAbsent(container, 9500 + grpcPorts.size());
    }

    /** Returns the ports a container declares, or is given: http, grpc. */
    private int[] ports(String name, Map<String, Object> predictor) {
        int[] ports = {httpPorts.getOrDefault(name, 9000), grpcPorts.getOrDefault(name, 9500)};
        Graphs.container(predictor, name).stream()
                .flatMap(c -> Json.objects(c, "ports").stream())
                .forEach(p -> {
                    if ("http".equals(p.get("name"))) {
                        ports[0] = Json.number(p, "containerPort", ports[0]);
                    } else if ("grpc".equals(p.get("name"))) {
                        ports[1] = Json.number(p, "containerPort", ports[1]);
                    }
                });
        return ports;
    }

    private Map<String, Object> orchestrator(Map<String, Object> predictor, String service) {
        String name = Graphs.shortened(Json.name(sdep) + "-" + Json.text(predictor, "name") + "-svc-orch");
        String handed = Base64.getEncoder()
                .encodeToString(JsonCodec.camelCase().text(predictor).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> container = Json.of(
                "name",
                ENGINE,
                "image",
                "seldonio/seldon-core-executor:1.17.1",
                "env",
                List.of(Json.of("name", "ENGINE_PREDICTOR", "value", handed)));
        Map<String, Object> selector = Json.of(ID, Graphs.shortened(Json.name(sdep)), APP, service);
        Map<String, Object> template = Json.of(
                "metadata", Json.of("labels", Json.copy(selector)), "spec", Json.of("containers", List.of(container)));
        int replicas = Json.number(Json.at(predictor, "svcOrchSpec"), "replicas", replicas(predictor, Json.of()));
        return madeDeployment(
                name,
                Json.copy(selector),
                Json.copy(Json.at(sdep, "spec", "annotations")),
                Json.of("replicas", replicas, "selector", Json.of("matchLabels", selector), "template", template));
    }

    private void explainer(Map<String, Object> predictor) {
        Map<String, Object> explainer = Json.at(predictor, "explainer");
        if (Json.text(explainer, "type").isEmpty()) {
            return;
        }
        String name = Graphs.shortened(Json.name(sdep) + "-" + Json.text(predictor, "name") + "-explainer");
        Map<String, Object> container = Json.copy(Json.at(explainer, "containerSpec"));
        container.putIfAbsent("name", name);
        container.putIfAbsent("image", "seldonio/alibiexplainer:1.17.1");
        Map<String, Object> selector = Json.of(ID, Graphs.shortened(Json.name(sdep)), APP, name);
        Map<String, Object> annotations = Json.copy(Json.at(sdep, "spec", "annotations"));
        annotations.putAll(Json.at(predictor, "annotations"));
        Map<String, Object> template = Json.of(
                "metadata",
                Json.of("labels", Json.copy(selector), "annotations", Json.copy(annotations)),
                "spec",
                Json.of("containers", List.of(container)));
        int replicas = replicas(predictor, Json.of()) == 0 ? 0 : Json.number(explainer, "replicas", 1);
        deployments.add(madeDeployment(
                name,
                Json.copy(selector),
                annotations,
                Json.of("replicas", replicas, "selector", Json.of("matchLabels", selector), "template", template)));
        int port = Json.number(Json.at(explainer, "endpoint"), "service_port", 9000);
        services.add(service(name, Json.of(APP, name), port == 0 ? 9000 : port, 0, predictor));
    }

    private Map<String, Object> madeDeployment(
            String name, Map<String, Object> labels, Map<String, Object> annotations, Map<String, Object> spec) {
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

    private void scalers(Map<String, Object> component, String name) {
        if (!component.containsKey("kedaSpec") && component.containsKey("hpaSpec")) {
            Map<String, Object> spec = Json.copy(Json.at(component, "hpaSpec"));
            spec.put("scaleTargetRef", Json.of("apiVersion", "apps/v1", "kind", "Deployment", "name", name));
            other(HPA, name, spec);
        }
        if (component.containsKey("pdbSpec")) {
            Map<String, Object> spec = Json.copy(Json.at(component, "pdbSpec"));
            spec.put("selector", Json.of("matchLabels", Json.of(ID, Graphs.shortened(Json.name(sdep)))));
            other(PDB, name, spec);
        }
    }

    private void other(Kind kind, String name, Map<String, Object> spec) {
        Map<String, Object> labels = Json.of(ID, Graphs.shortened(Json.name(sdep)));
        others.add(new Other(
                kind,
                Json.of(
                        "apiVersion",
                        kind.apiVersion(),
                        "kind",
                        kind.kind(),
                        "metadata",
                        metadata(name, labels, Json.of()),
                        "spec",
                        spec)));
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
        String name = Graphs.shortened(Json.name(sdep) + "-" + Json.text(predictor, "name") + "-" + index + "-"
                + (own.isEmpty() ? String.join("-", names) : own));
        Map<String, Object> selector = Json.of(ID, Graphs.shortened(Json.name(sdep)), APP, service);
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
        if (component.containsKey("hpaSpec") || component.containsKey("kedaSpec")) {
            spec.remove("replicas");
        }
        scalers(component, name);
        return madeDeployment(name, labels, annotations, spec);
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
        if (Graphs.isServer(node) && Json.text(container, "image").isEmpty()) {
            String protocol = Json.text(Json.at(sdep, "spec"), "protocol");
            container.put("image", images.image(Json.text(node, "implementation"), protocol));
        }
        int[] ports = ports(name, predictor);
        if (Json.objects(container, "ports").stream().noneMatch(p -> "http".equals(p.get("name")))) {
            Json.list(container, "ports").add(Json.of("name", "http", "containerPort", ports[0], "protocol", "TCP"));
        }
        String uri = Json.text(node, "modelUri");
        if (Graphs.isServer(node) && !uri.isEmpty()) {
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
        String service = Graphs.shortened(Json.name(sdep) + "-" + Json.text(predictor, "name") + "-" + name);
        selector.put(label, service);
        services.add(service(service, Json.of(label, service), ports[0], ports[1], predictor));
    }

    private Map<String, Object> service(
            String name, Map<String, Object> selector, int http, int grpc, Map<String, Object> predictor) {
        Map<String, Object> labels =
                Json.of(ID, Graphs.shortened(Json.name(sdep)), "app.kubernetes.io/managed-by", "seldon-core");
        labels.putAll(selector);
        List<Map<String, Object>> ports = new ArrayList<>();
        ports.add(Json.of("name", "http", "port", http, "targetPort", http, "protocol", "TCP"));
        if (grpc != 0) {
            ports.add(Json.of("name", "grpc", "port", grpc, "targetPort", grpc, "protocol", "TCP"));
        }
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
        if (!misplaced.isEmpty()) {
            return misplaced;
        }
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
