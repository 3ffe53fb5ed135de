package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.core2.Core2Status.Condition;
import dev.fairlead.seldon.internal.crd.Trees;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what Seldon reports, and when it was written. */
final class Core2StatusReader {
    /** What the scheduler says of the object itself, by kind; the other conditions are about what it consists of. */
    private static final Map<String, String> MAIN = Map.of(
            "Model",
            "ModelReady",
            "Pipeline",
            "PipelineReady",
            "Experiment",
            "ExperimentReady",
            "Server",
            "StatefulSetReady");

    private Core2StatusReader() {}

    static Core2Status read(Map<String, Object> object) {
        Map<String, Object> metadata = Trees.at(object, "metadata");
        Map<String, Object> status = Trees.at(object, "status");
        String kind = Trees.text(object, "kind");
        List<Condition> conditions = Trees.objects(status, "conditions").stream()
                .map(Core2StatusReader::condition)
                .toList();
        Optional<Condition> told = telling(kind, conditions);
        return new Core2Status(
                kind,
                Trees.text(metadata, "namespace"),
                Trees.text(metadata, "name"),
                Trees.number(metadata, "generation", 0),
                conditions.stream().anyMatch(c -> c.type().equals("Ready") && c.holds()),
                told.map(Condition::state).orElse(""),
                told.map(Condition::reason).orElse(""),
                Trees.number(status, "replicas", 0),
                Trees.number(status, "loadedModels", 0),
                conditions);
    }

    private static Condition condition(Map<String, Object> tree) {
        return new Condition(
                Trees.text(tree, "type"),
                Trees.text(tree, "status"),
                Trees.text(tree, "message"),
                Trees.text(tree, "reason"),
                time(Trees.text(tree, "lastTransitionTime")));
    }

    private static Optional<Condition> telling(String kind, List<Condition> conditions) {
        String main = MAIN.getOrDefault(kind, "Ready");
        return conditions.stream()
                .filter(c -> c.type().equals(main))
                .findFirst()
                .or(() -> conditions.stream().filter(c -> !c.holds()).findFirst())
                .or(() -> conditions.stream().findFirst());
    }

    /** When the specification was last changed, to the second. */
    static Instant specChanged(Map<String, Object> object) {
        return written(object, false);
    }

    /** When the status was last changed, to the second. */
    static Instant statusChanged(Map<String, Object> object) {
        return written(object, true);
    }

    private static Instant written(Map<String, Object> object, boolean status) {
        return Trees.objects(Trees.at(object, "metadata"), "managedFields").stream()
                .filter(f -> status == Trees.text(f, "subresource").equals("status"))
                .filter(f -> Trees.at(f, "fieldsV1").containsKey(status ? "f:status" : "f:spec"))
                .map(f -> time(Trees.text(f, "time")))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static Instant time(String text) {
        try {
            return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
