package dev.fairlead.testing.internal.mlflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The scorers, each with its versions. */
final class ScorerTable {
    private final ExperimentTable experiments;
    /** Versions by experiment and name. */
    private final Map<List<String>, List<Map<String, Object>>> rows = new LinkedHashMap<>();

    ScorerTable(ExperimentTable experiments) {
        this.experiments = experiments;
    }

    void calls(
            Map<String, Function<Request, Map<String, Object>>> reads,
            Map<String, Function<Request, Map<String, Object>>> writes) {
        writes.put("POST 3.0/scorers/register", this::register);
        reads.put("GET 3.0/scorers/list", this::list);
        reads.put("GET 3.0/scorers/versions", r -> Wire.object("scorers", versions(r)));
        reads.put("GET 3.0/scorers/get", r -> Wire.object("scorer", one(r)));
    }

    private Map<String, Object> register(Request request) {
        String experiment = experiments.active(request.text("experiment_id")).id;
        String name = request.text("name");
        List<Map<String, Object>> versions = rows.computeIfAbsent(List.of(experiment, name), k -> new ArrayList<>());
        Object id = versions.isEmpty() ? request.ids().get() : versions.get(0).getOrDefault("scorer_id", "");
        Map<String, Object> made = Wire.object(
                "experiment_id",
                Long.valueOf(experiment),
                "scorer_name",
                name,
                "scorer_version",
                versions.size() + 1,
                "serialized_scorer",
                request.text("serialized_scorer"),
                "creation_time",
                request.now(),
                "scorer_id",
                id);
        versions.add(made);
        return Wire.object("version", versions.size(), "scorer_id", id, "experiment_id", experiment, "name", name);
    }

    private Map<String, Object> list(Request request) {
        String experiment = experiments.active(request.text("experiment_id")).id;
        return Wire.object(
                "scorers",
                rows.entrySet().stream()
                        .filter(e -> e.getKey().get(0).equals(experiment))
                        .map(e -> e.getValue().get(e.getValue().size() - 1))
                        .toList());
    }

    private List<Map<String, Object>> versions(Request request) {
        String experiment = experiments.active(request.text("experiment_id")).id;
        List<Map<String, Object>> versions = rows.get(List.of(experiment, request.text("name")));
        if (versions == null) {
            throw Refusal.missing(
                    "Scorer with name '" + request.text("name") + "' not found for experiment " + experiment + ".");
        }
        return versions;
    }

    private Map<String, Object> one(Request request) {
        List<Map<String, Object>> versions = versions(request);
        Optional<Long> wanted = request.number("version");
        long version = wanted.orElse((long) versions.size());
        if (version < 1 || version > versions.size()) {
            throw Refusal.missing("Scorer with name '" + request.text("name") + "' and version " + version
                    + " not found for experiment " + request.text("experiment_id") + ".");
        }
        return versions.get((int) version - 1);
    }
}
