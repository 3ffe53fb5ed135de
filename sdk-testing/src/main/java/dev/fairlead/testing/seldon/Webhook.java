package dev.fairlead.testing.seldon;

import dev.fairlead.testing.kube.KubeStore.Denial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Refuses what the admission webhook of Seldon Core 1.17.1 refuses, in its order and words, the misspelt group included. */
final class Webhook {
    private static final Set<String> NO_TENSORFLOW =
            Set.of("SKLEARN_SERVER", "XGBOOST_SERVER", "MLFLOW_SERVER", "HUGGINGFACE_SERVER");
    private static final Set<String> KAFKA = Set.of("KAFKA_BROKER", "KAFKA_INPUT_TOPIC", "KAFKA_OUTPUT_TOPIC");
    private static final String SERVICE_NAME = "seldon.io/svc-name";

    private final ServerImages images;

    Webhook(ServerImages images) {
        this.images = images;
    }

    /** Returns why an object is denied. */
    Optional<Denial> check(Map<String, Object> object) {
        Optional<Denial> schema = schema(object);
        if (schema.isPresent()) {
            return schema;
        }
        List<String> errors = errors(Json.at(object, "spec"));
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        String all = errors.size() == 1 ? errors.get(0) : "[" + String.join(", ", errors) + "]";
        return Optional.of(new Denial(
                422,
                "Invalid",
                "admission webhook \"v1.vseldondeployment.kb.io\" denied the request: SeldonDeployment.machinelearing.seldon.io \""
                        + Json.text(Json.at(object, "spec"), "name") + "\" is invalid: " + all));
    }

    /** What the API server refuses by the CRD's schema, before the webhook is asked. */
    private static Optional<Denial> schema(Map<String, Object> object) {
        List<String> missing = new ArrayList<>();
        Map<String, Object> spec = Json.at(object, "spec");
        if (!spec.containsKey("predictors")) {
            missing.add("spec.predictors");
        }
        List<Map<String, Object>> predictors = Json.objects(spec, "predictors");
        for (int i = 0; i < predictors.size(); i++) {
            for (String field : List.of("graph", "name")) {
                if (!predictors.get(i).containsKey(field)) {
                    missing.add("spec.predictors[" + i + "]." + field);
                }
            }
        }
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        List<String> errors = missing.stream().map(m -> m + ": Required value").toList();
        String all = errors.size() == 1 ? errors.get(0) : "[" + String.join(", ", errors) + "]";
        return Optional.of(new Denial(
                422,
                "Invalid",
                "SeldonDeployment.machinelearning.seldon.io \"" + Json.name(object) + "\" is invalid: " + all));
    }

    private List<String> errors(Map<String, Object> spec) {
        List<String> errors = new ArrayList<>();
        oneOf(spec, "protocol", Set.of("seldon", "tensorflow", "kfserving", "v2"), "Invalid protocol", errors);
        oneOf(spec, "transport", Set.of("rest", "grpc"), "Invalid transport", errors);
        oneOf(spec, "serverType", Set.of("rpc", "kafka"), "Invalid serverType", errors);
        List<Map<String, Object>> predictors = Json.objects(spec, "predictors");
        kafka(spec, predictors, errors);
        if (predictors.size() == 1 && isShadow(predictors.get(0))) {
            errors.add(invalid(
                    "spec.predictors[0]",
                    Json.text(predictors.get(0), "name"),
                    "Shadow can not exist as only predictor"));
        }
        serviceNames(predictors, errors);
        if (predictors.isEmpty()) {
            errors.add(invalid("spec", Json.text(spec, "transport"), "Graph contains no predictors"));
            return errors;
        }
        Set<String> transports = predictors(spec, predictors, errors);
        transports(spec, transports, errors);
        traffic(predictors, errors);
        return errors;
    }

    private static String invalid(String field, String value, String message) {
        return field + ": Invalid value: \"" + value + "\": " + message;
    }

    private static void oneOf(
            Map<String, Object> spec, String field, Set<String> allowed, String message, List<String> errors) {
        String value = Json.text(spec, field);
        if (!value.isEmpty() && !allowed.contains(value)) {
            errors.add(invalid("spec", value, message));
        }
    }

    private static void kafka(Map<String, Object> spec, List<Map<String, Object>> predictors, List<String> errors) {
        if (!Json.text(spec, "serverType").equals("kafka")) {
            return;
        }
        for (int i = 0; i < predictors.size(); i++) {
            long found = Json.objects(Json.at(predictors.get(i), "svcOrchSpec"), "env").stream()
                    .filter(e -> KAFKA.contains(Json.text(e, "name")))
                    .count();
            if (found < KAFKA.size()) {
                errors.add(
                        invalid(
                                "spec.predictors[" + i + "]",
                                Json.text(predictors.get(i), "name"),
                                "For kafka please supply svcOrchSpec envs KAFKA_BROKER, KAFKA_INPUT_TOPIC, KAFKA_OUTPUT_TOPIC"));
            }
        }
    }

    private static void serviceNames(List<Map<String, Object>> predictors, List<String> errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < predictors.size(); i++) {
            Map<String, Object> annotations = Json.at(predictors.get(i), "annotations");
            String service = Json.text(annotations, SERVICE_NAME);
            if (annotations.containsKey(SERVICE_NAME) && !names.add(service)) {
                errors.add(invalid(
                        "spec.predictors[" + i + "]",
                        Json.text(predictors.get(i), "name"),
                        "Found duplicate service name in " + SERVICE_NAME + " with value " + service));
            }
        }
    }

    private Set<String> predictors(
            Map<String, Object> spec, List<Map<String, Object>> predictors, List<String> errors) {
        Set<String> transports = new LinkedHashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < predictors.size(); i++) {
            Map<String, Object> predictor = predictors.get(i);
            String place = "spec.predictors[" + i + "]";
            String name = Json.text(predictor, "name");
            Map<String, Object> graph = Json.at(predictor, "graph");
            collectTransports(graph, transports);
            if (Json.at(predictor, "annotations").containsKey("seldon.io/no-engine") && size(graph) > 1) {
                errors.add(invalid(place, name, "Running without engine only valid for single element graphs"));
            }
            if (!names.add(name)) {
                errors.add(invalid(place, name, "Duplicate predictor name"));
            }
            node(spec, predictor, graph, place + ".graph", errors);
        }
        return transports;
    }

    private static void collectTransports(Map<String, Object> node, Set<String> transports) {
        String type = Json.text(Json.at(node, "endpoint"), "type");
        if (!type.isEmpty()) {
            transports.add(type);
        }
        Json.objects(node, "children").forEach(child -> collectTransports(child, transports));
    }

    private static int size(Map<String, Object> node) {
        return 1
                + Json.objects(node, "children").stream()
                        .mapToInt(Webhook::size)
                        .sum();
    }

    private void node(
            Map<String, Object> spec,
            Map<String, Object> predictor,
            Map<String, Object> node,
            String place,
            List<String> errors) {
        String name = Json.text(node, "name");
        String implementation = Json.text(node, "implementation");
        Optional<Map<String, Object>> container = Graphs.container(predictor, name);
        if (implementation.isEmpty() || implementation.equals("UNKNOWN_IMPLEMENTATION")) {
            if (container.isEmpty()) {
                errors.add(invalid(place, name, "Can't find container for Predictive Unit"));
            }
            if (Json.text(node, "type").equals("UNKNOWN_TYPE")
                    && Json.list(Json.copy(node), "methods").isEmpty()) {
                errors.add(
                        invalid(
                                place,
                                name,
                                "Predictive Unit has no implementation methods defined. Change to a known type or add what methods it defines"));
            }
        } else if (Graphs.isServer(node)) {
            server(spec, node, container, place, errors);
        }
        if (node.containsKey("logger")
                && Json.text(Json.at(node, "logger"), "mode").isEmpty()) {
            errors.add(invalid(place, "", "No logger mode specified"));
        }
        List<Map<String, Object>> children = Json.objects(node, "children");
        for (int i = 0; i < children.size(); i++) {
            node(spec, predictor, children.get(i), place + "[" + i + "]", errors);
        }
    }

    private void server(
            Map<String, Object> spec,
            Map<String, Object> node,
            Optional<Map<String, Object>> container,
            String place,
            List<String> errors) {
        String name = Json.text(node, "name");
        String implementation = Json.text(node, "implementation");
        if (Json.text(node, "modelUri").isEmpty() && !implementation.equals("HUGGINGFACE_SERVER")) {
            errors.add(invalid(place, name, "Predictive unit modelUri required when using standalone servers"));
        }
        if (Json.text(spec, "protocol").equals("tensorflow") && NO_TENSORFLOW.contains(implementation)) {
            errors.add(
                    invalid(place, name, "Prepackaged server does not handle tensorflow protocol " + implementation));
        }
        boolean image = container.filter(c -> !Json.text(c, "image").isEmpty()).isPresent();
        if (!image && !images.knows(implementation)) {
            errors.add(invalid(place, name, "No entry in predictors map for " + implementation));
        }
    }

    private static void transports(Map<String, Object> spec, Set<String> found, List<String> errors) {
        String transport = Json.text(spec, "transport");
        if (found.size() > 1) {
            errors.add(invalid(
                    "spec",
                    "",
                    "Multiple endpoint.types found - can only have 1 type in graph. Please use spec.transport"));
        } else if (found.size() == 1 && !transport.isEmpty()) {
            String type = found.iterator().next();
            if ((type.equals("REST") && !transport.equals("rest"))
                    || (type.equals("GRPC") && !transport.equals("grpc"))) {
                errors.add(
                        invalid(
                                "spec",
                                "",
                                "Mixed transport types found. Remove graph endpoint.types if transport set at deployment level"));
            }
        }
    }

    private static boolean isShadow(Map<String, Object> predictor) {
        return Boolean.TRUE.equals(predictor.get("shadow"));
    }

    private static void traffic(List<Map<String, Object>> predictors, List<String> errors) {
        int sum = 0;
        int shadows = 0;
        for (Map<String, Object> predictor : predictors) {
            int traffic = Json.number(predictor, "traffic", 0);
            String name = Json.text(predictor, "name");
            if (!isShadow(predictor)) {
                sum += traffic;
                continue;
            }
            if (++shadows > 1) {
                errors.add(invalid("spec", name, "Multiple shadows are not allowed"));
            }
            if (traffic < 0 || traffic > 100) {
                errors.add(invalid(
                        "spec", name, "shadow traffic is illegal, the traffic number should be between [0, 100]"));
            }
        }
        String first = Json.text(predictors.get(0), "name");
        if (sum != 100 && predictors.size() - shadows > 1) {
            errors.add(invalid("spec", first, "Traffic must sum to 100 for multiple predictors"));
        }
        if (sum > 0 && sum < 100 && predictors.size() == 1) {
            errors.add(invalid("spec", first, "Traffic must sum be 100 for a single predictor when set"));
        }
    }
}
