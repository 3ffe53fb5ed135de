package dev.fairlead.testing.internal.mlflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The logged models. */
final class LoggedModelTable {
    private static final List<String> KINDS = List.of("metric", "parameter", "tag", "attribute");
    private static final Set<String> STATES =
            Set.of("LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED");
    private static final String UNIQUE = "(sqlite3.IntegrityError) UNIQUE constraint failed: ";

    private final ExperimentTable experiments;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    LoggedModelTable(ExperimentTable experiments) {
        this.experiments = experiments;
    }

    /** A logged model. */
    private static final class Row {
        final String id;
        final String experimentId;
        final String name;
        final String type;
        final String runId;
        final String artifactUri;
        final long created;
        final Map<String, String> params = new LinkedHashMap<>();
        final Map<String, String> tags = new LinkedHashMap<>();
        final List<Map<String, Object>> metrics = new ArrayList<>();
        long updated;
        String status = "LOGGED_MODEL_PENDING";
        boolean deleted;

        Row(Request request, String id, ExperimentTable.Row experiment) {
            this.id = id;
            this.experimentId = experiment.id;
            this.name = request.optional("name").orElse("wise-heron-" + id.substring(2, 5));
            this.type = request.optional("model_type").orElse("");
            this.runId = request.optional("source_run_id").orElse("");
            this.artifactUri = experiment.artifactLocation + "/models/" + id + "/artifacts";
            this.created = request.now();
            this.updated = request.now();
        }

        Optional<Object> value(String kind, String key) {
            return switch (kind) {
                case "metric", "metrics" -> latest(key);
                case "parameter", "params" -> Optional.ofNullable(params.get(key));
                case "tag", "tags" -> Optional.ofNullable(tags.get(key));
                default -> attribute(key);
            };
        }

        private Optional<Object> latest(String key) {
            return metrics.stream()
                    .filter(m -> key.equals(m.get("key")))
                    .max(Comparator.comparingLong(
                            m -> m.get("timestamp") instanceof Number time ? time.longValue() : 0L))
                    .map(m -> Double.valueOf(String.valueOf(m.get("value"))));
        }

        private Optional<Object> attribute(String key) {
            return switch (key) {
                case "name" -> Optional.of(name);
                case "model_id" -> Optional.of(id);
                case "model_type" -> Optional.of(type);
                case "source_run_id" -> Optional.of(runId);
                case "experiment_id" -> Optional.of(experimentId);
                case "creation_timestamp", "creation_time" -> Optional.of(created);
                case "last_updated_timestamp" -> Optional.of(updated);
                default -> throw new IllegalArgumentException("no such column: " + key); // the server fails, too
            };
        }

        Map<String, Object> wire() {
            Map<String, Object> info = Wire.object(
                    "model_id", id,
                    "experiment_id", experimentId,
                    "name", name,
                    "creation_timestamp_ms", created,
                    "last_updated_timestamp_ms", updated,
                    "artifact_uri", artifactUri,
                    "status", status,
                    "model_type", type,
                    "source_run_id", runId,
                    "tags", Wire.pairs(tags));
            return Wire.object(
                    "info", info, "data", Wire.object("params", Wire.pairs(params), "metrics", List.copyOf(metrics)));
        }
    }

    /** Adds the calls. */
    void calls(
            Map<String, Function<Request, Map<String, Object>>> reads,
            Map<String, Function<Request, Map<String, Object>>> writes) {
        writes.put("POST logged-models", this::create);
        reads.put("POST logged-models/search", this::search);
        reads.put("GET logged-models/{model_id}", this::get);
        writes.put("PATCH logged-models/{model_id}", this::finish);
        writes.put("DELETE logged-models/{model_id}", this::delete);
        writes.put("POST logged-models/{model_id}/params", this::addParams);
        writes.put("PATCH logged-models/{model_id}/tags", this::setTags);
        writes.put("DELETE logged-models/{model_id}/tags/{tag_key}", this::deleteTag);
    }

    private Map<String, Object> create(Request request) {
        ExperimentTable.Row experiment = experiments.active(request.text("experiment_id"));
        request.optional("name").ifPresent(name -> {
            if (name.matches(".*[/:.%\"'].*")) {
                throw Refusal.invalid(
                        "Invalid model name ('" + name
                                + "') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '\"', \"'\")");
            }
        });
        Row row = new Row(request, "m-" + request.ids().get(), experiment);
        row.params.putAll(request.pairs("params"));
        row.tags.putAll(request.pairs("tags"));
        rows.put(row.id, row);
        return Wire.object("model", row.wire());
    }

    private Map<String, Object> get(Request request) {
        Row row = row(request.text("model_id"));
        if (row.deleted && !request.optional("allow_deleted").orElse("").equals("true")) {
            throw none(row.id);
        }
        return Wire.object("model", row.wire());
    }

    private Map<String, Object> finish(Request request) {
        Row row = row(request.text("model_id"));
        String status = request.text("status");
        row.status = STATES.contains(status) ? status : "LOGGED_MODEL_STATUS_UNSPECIFIED";
        row.updated = request.now();
        return Wire.object("model", row.wire());
    }

    private Map<String, Object> delete(Request request) {
        Row row = row(request.text("model_id"));
        row.deleted = true;
        row.updated = request.now();
        return Map.of();
    }

    /** A parameter is written once; the same value again is refused, too. */
    private Map<String, Object> addParams(Request request) {
        Row row = row(request.text("model_id"));
        Map<String, String> params = request.pairs("params");
        if (params.keySet().stream().anyMatch(row.params::containsKey)) {
            throw Refusal.bad(UNIQUE + "logged_model_params.model_id, logged_model_params.param_key");
        }
        row.params.putAll(params);
        return Map.of();
    }

    private Map<String, Object> setTags(Request request) {
        row(request.text("model_id")).tags.putAll(request.pairs("tags"));
        return Map.of();
    }

    private Map<String, Object> deleteTag(Request request) {
        Row row = row(request.text("model_id"));
        String key = request.text("tag_key");
        if (row.tags.remove(key) == null) {
            throw Refusal.missing("No tag with key '" + key + "' found for model with ID '" + row.id + "'.");
        }
        return Map.of();
    }

    private Map<String, Object> search(Request request) {
        String text = request.optional("filter").orElse("");
        if (text.contains("attribute.")) {
            throw Refusal.invalid(
                    "Invalid entity type: 'attribute'. Expected one of ['attributes', 'metrics', 'params', 'tags'].");
        }
        SearchFilter filter = SearchFilter.parse(text, KINDS);
        List<String> experimentIds = request.texts("experiment_ids");
        List<String> orders = request.objects("order_by").stream()
                .map(LoggedModelTable::order)
                .toList();
        Comparator<Row> newest =
                Comparator.<Row>comparingLong(r -> r.created).reversed().thenComparing(r -> r.id);
        List<Row> found = rows.values().stream()
                .filter(r -> !r.deleted && experimentIds.contains(r.experimentId))
                .filter(r -> measuredOn(r, request.objects("datasets")))
                .filter(r -> filter.fits(r::value))
                .sorted(SearchOrder.comparator(orders, Row::value, newest))
                .toList();
        int size = request.number("max_results").orElse(0L).intValue();
        return Wire.page(request, "models", found, size == 0 ? 100 : size, Row::wire);
    }

    private static String order(Map<String, Object> order) {
        String field = String.valueOf(order.get("field_name"));
        String[] parts = field.split("\\.", 2);
        if (parts.length == 2 && !parts[0].equals("metrics")) {
            throw Refusal.invalid("Invalid order by field name: " + field + ". Only metrics are supported.");
        }
        String name = parts.length == 2 ? "metrics.`" + parts[1] + "`" : field;
        return name + (Boolean.FALSE.equals(order.get("ascending")) ? " DESC" : " ASC");
    }

    private static boolean measuredOn(Row row, List<Map<String, Object>> datasets) {
        return datasets.isEmpty()
                || row.metrics.stream()
                        .anyMatch(m -> datasets.stream()
                                .anyMatch(d -> Objects.equals(d.get("dataset_name"), m.get("dataset_name"))
                                        && Objects.equals(d.get("dataset_digest"), m.get("dataset_digest"))));
    }

    /** Adds the metrics of a batch that name a model; the same value for another dataset is refused. */
    void logMetrics(Request request) {
        for (Map<String, Object> metric : request.objects("metrics")) {
            Object id = metric.get("model_id");
            if (id == null) {
                continue;
            }
            Row row = rows.get(String.valueOf(id));
            if (row == null) {
                throw Refusal.bad("(sqlite3.IntegrityError) FOREIGN KEY constraint failed");
            }
            Map<String, Object> kept = new LinkedHashMap<>(metric);
            kept.put("run_id", request.text("run_id"));
            Optional<Map<String, Object>> there =
                    row.metrics.stream().filter(m -> sameRow(m, kept)).findFirst();
            if (there.isEmpty()) {
                row.metrics.add(kept);
            } else if (!there.get().equals(kept)) {
                throw Refusal.bad(UNIQUE + "logged_model_metrics.model_id, logged_model_metrics.metric_name");
            }
        }
    }

    private static boolean sameRow(Map<String, Object> a, Map<String, Object> b) {
        return List.of("key", "timestamp", "step", "run_id").stream()
                .allMatch(k -> String.valueOf(a.get(k)).equals(String.valueOf(b.get(k))));
    }

    /** Returns the run that logged a model; refuses one that is not there. */
    String sourceRun(String id) {
        return row(id).runId;
    }

    boolean has(String id) {
        return rows.containsKey(id) && !row(id).deleted;
    }

    String artifactUri(String id) {
        return row(id).artifactUri;
    }

    /** Notes on the model which version was made of it. */
    void registered(String id, String name, int version) {
        Row row = row(id);
        String note = "{\"name\": \"" + name + "\", \"version\": " + version + "}";
        row.tags.merge(
                "mlflow.modelVersions",
                "[" + note + "]",
                (old, now) -> old.substring(0, old.length() - 1) + ", " + note + "]");
    }

    private Row row(String id) {
        Row row = rows.get(id);
        if (row == null) {
            throw none(id);
        }
        return row;
    }

    private static Refusal none(String id) {
        return Refusal.missing("Logged model with ID '" + id + "' not found.");
    }
}
