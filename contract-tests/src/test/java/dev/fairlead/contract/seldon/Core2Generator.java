package dev.fairlead.contract.seldon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes objects of Seldon Core 2 that fit the schema, sound and unsound in every way the scheduler and the operator look at; the same for the
 * same seed.
 *
 * <p>It leaves out what no cluster should be sent: a trigger of a step that is not there, which ends the scheduler, and negative numbers,
 * over which the operator cannot list any object of the kind.
 */
final class Core2Generator {
    /** What models may require; servers have some of it. */
    static final List<String> CAPABILITIES = List.of("sklearn", "xgboost", "mlflow", "gpu");
    /** Servers that models may be bound to; whoever runs the models decides which of them there are. */
    static final List<String> SERVERS = List.of("mlserver", "big", "absent");

    private static final List<String> MEMORY = List.of(
            "100Ki", "10Mi", "600M", "1.5G", "900G", "1e6", "500000k", "1.5Gi", "100m", "0.5", "1000m", "100Ti",
            "1500.0k");

    private final Random random;
    private final String namespace;

    Core2Generator(long seed, String namespace) {
        random = new Random(seed);
        this.namespace = namespace;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    private <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void put(Map<String, Object> into, int percent, String field, Object value) {
        if (chance(percent)) {
            into.put(field, value);
        }
    }

    private Map<String, Object> object(String kind, String name, Map<String, Object> spec) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "mlops.seldon.io/v1alpha1");
        object.put("kind", kind);
        object.put("metadata", new LinkedHashMap<>(Map.of("name", name, "namespace", namespace)));
        object.put("spec", spec);
        return object;
    }

    private void scale(Map<String, Object> spec) {
        put(spec, 60, "replicas", random.nextInt(4));
        put(spec, 35, "minReplicas", random.nextInt(4));
        put(spec, 35, "maxReplicas", random.nextInt(4));
    }

    /** Makes a model: where it fits depends on the servers there are. */
    Map<String, Object> model(String name) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("storageUri", "gs://models/" + name);
        put(spec, 20, "modelType", one(CAPABILITIES));
        List<Object> requirements = new ArrayList<>();
        for (String capability : CAPABILITIES) {
            if (chance(25)) {
                requirements.add(capability);
            }
        }
        put(spec, 70, "requirements", requirements);
        put(spec, 60, "memory", one(MEMORY));
        put(spec, 25, "server", one(SERVERS));
        put(spec, 10, "artifactVersion", 1 + random.nextInt(9));
        put(spec, 10, "secretName", "storage");
        put(spec, 10, "logger", Map.of("percent", random.nextInt(101)));
        put(spec, 10, "parameters", List.of(Map.of("name", "threshold", "value", "0.5")));
        if (chance(10)) {
            spec.put("explainer", Map.of("type", "anchor_tabular", one("modelRef", "pipelineRef"), "income"));
        }
        scale(spec);
        return object("Model", name, spec);
    }

    /** Makes a server of the ServerConfig {@code mlserver}; sound, for the operator refuses none that fits the schema. */
    Map<String, Object> server(String name) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("serverConfig", "mlserver");
        List<Object> capabilities = new ArrayList<>();
        for (String capability : CAPABILITIES) {
            if (chance(50)) {
                capabilities.add(capability);
            }
        }
        put(spec, 70, chance(50) ? "capabilities" : "extraCapabilities", capabilities);
        put(spec, 10, "disableAutoUpdate", chance(50));
        int replicas = random.nextInt(4);
        put(spec, 60, "replicas", replicas);
        if (spec.containsKey("replicas")) {
            put(spec, 30, "minReplicas", random.nextInt(replicas + 1));
            put(spec, 30, "maxReplicas", replicas + random.nextInt(3));
        }
        return object("Server", name, spec);
    }

    /** Makes a pipeline; its models need not be there for the scheduler to judge it. */
    Map<String, Object> pipeline(String name) {
        int count = chance(3) ? 0 : 1 + random.nextInt(5);
        List<Object> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(step(name, i, count));
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("steps", steps);
        if (chance(15)) {
            spec.put("input", input());
        }
        if (chance(70)) {
            spec.put("output", output(name, count));
        }
        return object("Pipeline", name, spec);
    }

    private Map<String, Object> step(String pipeline, int index, int count) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("name", chance(2) ? pipeline : "step" + (index > 0 && chance(3) ? index - 1 : index));
        List<Object> inputs = new ArrayList<>();
        int wanted = random.nextInt(3);
        for (int i = 0; i < wanted; i++) {
            inputs.add(source(pipeline, index, count, true));
        }
        put(step, 90, "inputs", inputs);
        if (chance(25)) {
            step.put("triggers", List.of(source(pipeline, index, count, false)));
        }
        put(step, 25, "inputsJoinType", one("inner", "outer", "any"));
        put(step, 15, "triggersJoinType", one("inner", "outer", "any"));
        put(step, 20, "joinWindowMs", random.nextInt(1000));
        put(step, 15, "tensorMap", Map.of("step0.outputs.a", "b"));
        put(step, 15, "batch", Map.of("size", 1 + random.nextInt(9), "windowMs", random.nextInt(500)));
        return step;
    }

    /** Names a source, mostly an earlier step, so that cycles are there and not everywhere; a trigger's step is always there. */
    private String source(String pipeline, int index, int count, boolean mayMiss) {
        if (mayMiss && chance(3)) {
            return one("", "nowhere", "nowhere.outputs", "Step0", " step0");
        }
        String step;
        if (index == 0 || chance(15)) {
            step = chance(80) ? pipeline : "step" + random.nextInt(count);
        } else {
            step = "step" + (chance(95) ? random.nextInt(index) : random.nextInt(count));
        }
        // A step may have taken another's name; what is named must be there all the same, which refuses the pipeline
        // before.
        return step + end();
    }

    private String end() {
        if (chance(4)) {
            return one(".output", ".x", ".outputs.a.b", ".", ".inputs.a.b.c");
        }
        return one("", "", ".outputs", ".inputs", ".outputs.a", ".inputs.b");
    }

    private Map<String, Object> input() {
        Map<String, Object> input = new LinkedHashMap<>();
        List<Object> sources = new ArrayList<>();
        int wanted = chance(10) ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < wanted; i++) {
            sources.add("other" + one("", ".step.first") + (chance(80) ? one("", ".outputs", ".inputs.a") : end()));
        }
        put(input, 95, "externalInputs", sources);
        put(input, 30, "externalTriggers", List.of(one("third", "third.outputs", "third.step.last.inputs.a")));
        put(input, 30, "joinType", one("inner", "outer", "any"));
        put(input, 30, "triggersJoinType", one("inner", "outer", "any"));
        put(input, 30, "joinWindowMs", random.nextInt(1000));
        put(input, 20, "tensorMap", Map.of("other.outputs.a", "b"));
        return input;
    }

    private Map<String, Object> output(String pipeline, int count) {
        Map<String, Object> output = new LinkedHashMap<>();
        List<Object> sources = new ArrayList<>();
        int wanted = random.nextInt(3);
        for (int i = 0; i < wanted; i++) {
            String step = chance(4) ? one("nowhere", pipeline, "") : "step" + random.nextInt(Math.max(1, count));
            sources.add(step.isEmpty() ? step : step + end());
        }
        put(output, 95, "steps", sources);
        put(output, 30, "stepsJoin", one("inner", "outer", "any"));
        put(output, 30, "joinWindowMs", random.nextInt(1000));
        put(output, 20, "tensorMap", Map.of("step0.outputs.a", "b"));
        return output;
    }

    /** Makes an experiment; no other one made under another name has the same default. */
    Map<String, Object> experiment(String name) {
        List<Object> candidates = new ArrayList<>();
        int count = chance(10) ? 0 : 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String candidate = name + "-" + (i > 0 && chance(5) ? i - 1 : i);
            candidates.add(Map.of("name", candidate, "weight", (i == 0 ? 1 : 0) + random.nextInt(100)));
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("candidates", candidates);
        put(spec, 40, "default", name + "-" + (chance(75) ? random.nextInt(Math.max(1, count)) : 9));
        if (chance(40)) {
            String mirrored = name + "-" + (chance(75) ? "mirror" : random.nextInt(Math.max(1, count)));
            spec.put("mirror", Map.of("name", mirrored, "percent", random.nextInt(101)));
        }
        put(spec, 40, "resourceType", one("model", "pipeline"));
        return object("Experiment", name, spec);
    }
}
