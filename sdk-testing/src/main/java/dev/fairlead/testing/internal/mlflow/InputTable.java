package dev.fairlead.testing.internal.mlflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What runs use and make. A dataset is known by name and digest within an experiment; what it is at first it stays. */
final class InputTable {
    private final RunTable runs;
    private final Map<String, Map<String, Object>> datasets = new LinkedHashMap<>();

    InputTable(RunTable runs) {
        this.runs = runs;
    }

    /** Adds the calls. */
    void calls(
            Map<String, Function<Request, Map<String, Object>>> reads,
            Map<String, Function<Request, Map<String, Object>>> writes) {
        writes.put("POST runs/log-inputs", this::logInputs);
        writes.put("POST runs/outputs", this::logOutputs);
        reads.put("POST experiments/search-datasets", this::search);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> logInputs(Request request) {
        RunRow run = runs.active(request.text("run_id"));
        List<Map<String, Object>> uses = request.objects("datasets");
        uses.forEach(use -> check((Map<String, Object>) use.getOrDefault("dataset", Map.of())));
        for (Map<String, Object> use : uses) {
            Map<String, Object> dataset = (Map<String, Object>) use.getOrDefault("dataset", Map.of());
            String key = run.experimentId + "\n" + dataset.get("name") + "\n" + dataset.get("digest");
            Map<String, Object> kept = datasets.computeIfAbsent(key, k -> dataset);
            run.datasets.putIfAbsent(key, Wire.object("tags", use.getOrDefault("tags", List.of()), "dataset", kept));
        }
        request.objects("models").forEach(model -> run.usedModels.add(String.valueOf(model.get("model_id"))));
        return Map.of();
    }

    private static void check(Map<String, Object> dataset) {
        limit(dataset, "name", 500);
        limit(dataset, "digest", 36);
        limit(dataset, "source", (1 << 16) - 1);
        limit(dataset, "schema", (1 << 20) - 1);
        limit(dataset, "profile", (1 << 24) - 1);
    }

    private static void limit(Map<String, Object> dataset, String field, int most) {
        if (String.valueOf(dataset.getOrDefault(field, "")).length() > most) {
            throw Refusal.invalid("'" + field + "' exceeds the maximum length of " + most + " characters");
        }
    }

    /** A model is named once; one that is there refuses all of the call. */
    private Map<String, Object> logOutputs(Request request) {
        RunRow run = runs.active(request.text("run_id"));
        List<Map<String, Object>> models = request.objects("models");
        if (models.isEmpty()) {
            throw Refusal.missingParameter("models");
        }
        if (models.stream().anyMatch(m -> run.madeModels.containsKey(String.valueOf(m.get("model_id"))))) {
            throw Refusal.bad(
                    "(sqlite3.IntegrityError) UNIQUE constraint failed: inputs.source_type, inputs.source_id, inputs.destination_type, inputs.destination_id");
        }
        models.forEach(m -> run.madeModels.put(
                String.valueOf(m.get("model_id")),
                Request.whole(m.getOrDefault("step", 0)).orElse(0L)));
        return Map.of();
    }

    private Map<String, Object> search(Request request) {
        List<String> ids = request.texts("experiment_ids");
        if (ids.isEmpty()) {
            throw Refusal.invalid("SearchDatasets request must specify at least one experiment_id.");
        }
        if (ids.size() > 20) {
            throw Refusal.invalid("SearchDatasets request cannot specify more than 20 experiment_ids. Received "
                    + ids.size() + " experiment_ids.");
        }
        List<Map<String, Object>> found = new ArrayList<>();
        for (RunRow run : runs.all()) {
            if (ids.contains(run.experimentId)) {
                run.datasets.values().forEach(use -> {
                    Map<String, Object> summary = summary(run.experimentId, use);
                    if (!found.contains(summary)) {
                        found.add(summary);
                    }
                });
            }
        }
        return Wire.object("dataset_summaries", found);
    }

    private static Map<String, Object> summary(String experimentId, Map<String, Object> use) {
        Map<?, ?> dataset = use.get("dataset") instanceof Map<?, ?> map ? map : Map.of();
        Map<String, Object> summary = Wire.object(
                "experiment_id", experimentId, "name", dataset.get("name"), "digest", dataset.get("digest"));
        if (use.get("tags") instanceof List<?> tags) {
            tags.stream()
                    .map(tag -> (Map<?, ?>) tag)
                    .filter(tag -> "mlflow.data.context".equals(tag.get("key")))
                    .forEach(tag -> summary.put("context", tag.get("value")));
        }
        return summary;
    }
}
