package dev.fairlead.contract.seldon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes specs of SeldonDeployments, sound and unsound in every way the webhook looks at; the same for the same seed. */
final class SpecGenerator {
    private static final String[] SERVERS = {
        "MLFLOW_SERVER",
        "SKLEARN_SERVER",
        "TRITON_SERVER",
        "HUGGINGFACE_SERVER",
        "TENSORFLOW_SERVER",
        "NO_SERVER",
        "SIMPLE_MODEL",
        "SIMPLE_ROUTER",
        "UNKNOWN_IMPLEMENTATION"
    };

    private final Random random;

    SpecGenerator(long seed) {
        random = new Random(seed);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    Map<String, Object> spec() {
        Map<String, Object> spec = new LinkedHashMap<>();
        put(spec, 60, "protocol", one("v2", "v2", "v2", "seldon", "tensorflow", "kfserving", "v3"));
        put(spec, 20, "transport", one("rest", "grpc", "rest", "soap"));
        put(spec, 15, "serverType", one("rpc", "rpc", "kafka", "other"));
        List<Object> predictors = new ArrayList<>();
        int count = chance(4) ? 0 : 1 + random.nextInt(3);
        boolean split = chance(60);
        for (int i = 0; i < count; i++) {
            predictors.add(predictor(i, count, split));
        }
        spec.put("predictors", predictors);
        return spec;
    }

    private void put(Map<String, Object> into, int percent, String field, Object value) {
        if (chance(percent)) {
            into.put(field, value);
        }
    }

    private Map<String, Object> predictor(int index, int count, boolean split) {
        Map<String, Object> predictor = new LinkedHashMap<>();
        predictor.put("name", chance(5) ? "same" : "p" + index);
        if (split && count > 1) {
            predictor.put("traffic", index == 0 ? 100 - (count - 1) * 10 : 10);
        } else {
            put(
                    predictor,
                    50,
                    "traffic",
                    List.of(0, 50, 100, 100, 101, -10, 120).get(random.nextInt(7)));
        }
        put(predictor, 12, "shadow", true);
        Map<String, Object> annotations = new LinkedHashMap<>();
        put(annotations, 10, "seldon.io/svc-name", one("one", "two"));
        put(annotations, 10, "seldon.io/no-engine", one("true", "false"));
        put(predictor, 100, "annotations", annotations);
        Map<String, Object> graph = node(0, new int[] {0});
        predictor.put("graph", graph);
        List<Object> containers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            if (chance(25)) {
                Map<String, Object> container = new LinkedHashMap<>();
                container.put("name", "n" + i);
                put(container, 60, "image", "registry/image:1");
                containers.add(container);
            }
        }
        if (!containers.isEmpty()) {
            Map<String, Object> component = new LinkedHashMap<>();
            component.put("spec", Map.of("containers", containers));
            scale(component);
            predictor.put("componentSpecs", List.of(component));
        }
        beside(predictor);
        if (chance(20)) {
            List<Object> env = new ArrayList<>();
            for (String name : List.of("KAFKA_BROKER", "KAFKA_INPUT_TOPIC", "KAFKA_OUTPUT_TOPIC")) {
                if (chance(80)) {
                    env.add(Map.of("name", name, "value", "v"));
                }
            }
            predictor.put("svcOrchSpec", Map.of("env", env));
        }
        return predictor;
    }

    /** Adds how many pods run; the webhook looks at none of it. */
    private void scale(Map<String, Object> component) {
        put(component, 15, "replicas", random.nextInt(4) - 1);
        Map<String, Object> cpu = Map.of("type", "Utilization", "averageUtilization", 60);
        List<Object> metrics = List.of(Map.of("type", "Resource", "resource", Map.of("name", "cpu", "target", cpu)));
        put(component, 15, "hpaSpec", Map.of("maxReplicas", random.nextInt(3), "minReplicas", 1, "metricsv2", metrics));
        List<Object> triggers = List.of(Map.of("type", one("cron", "cpu"), "metadata", Map.of("value", "1")));
        put(component, 10, "kedaSpec", Map.of("minReplicaCount", random.nextInt(3) - 1, "triggers", triggers));
        put(
                component,
                15,
                "pdbSpec",
                chance(70) ? Map.of("minAvailable", 1) : Map.of("maxUnavailable", "10%", "minAvailable", 1));
    }

    /** Adds what stands beside a graph; the webhook looks at none of it. */
    private void beside(Map<String, Object> predictor) {
        put(
                predictor,
                10,
                "explainer",
                chance(70) ? Map.of("type", one("ALE", "TreeShap", "Other")) : Map.of("modelUri", "s3://e"));
        put(predictor, 8, "ssl", Map.of("certSecretName", "tls"));
        put(predictor, 8, "engineResources", Map.of("limits", Map.of("cpu", "1")));
        put(predictor, 10, "replicas", random.nextInt(4) - 1);
        put(predictor, 8, "progressDeadlineSeconds", random.nextInt(2) * 100);
    }

    private Map<String, Object> node(int depth, int[] count) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("name", "n" + count[0]++);
        put(node, 80, "implementation", SERVERS[random.nextInt(SERVERS.length)]);
        put(node, 30, "type", one("MODEL", "ROUTER", "COMBINER", "TRANSFORMER", "UNKNOWN_TYPE"));
        put(node, 15, "methods", List.of("TRANSFORM_INPUT"));
        put(node, 85, "modelUri", "s3://bucket/model");
        if (chance(8)) {
            Map<String, Object> logger = new LinkedHashMap<>();
            logger.put("url", "http://sink");
            put(logger, 60, "mode", one("all", "request", "response"));
            node.put("logger", logger);
        }
        if (chance(12)) {
            node.put("endpoint", Map.of("type", one("REST", "REST", "GRPC")));
        }
        List<Object> children = new ArrayList<>();
        while (depth < 3 && children.size() < 2 && chance(25)) {
            children.add(node(depth + 1, count));
        }
        put(node, children.isEmpty() ? 20 : 100, "children", children);
        return node;
    }
}
