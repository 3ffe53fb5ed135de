package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.spi.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The evaluation datasets; trees travel as JSON text. */
final class DatasetTable {
    private static final String ONE = "3.0/datasets/{dataset_id}";
    private static final List<String> SOURCES = List.of("UNSPECIFIED", "TRACE", "HUMAN", "DOCUMENT", "CODE");
    private static final List<String> KINDS = List.of("tag", "attribute");

    private final ExperimentTable experiments;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    DatasetTable(ExperimentTable experiments) {
        this.experiments = experiments;
    }

    private static final class Row {
        final String id;
        final String name;
        final long created;
        long updated;
        final Map<String, Object> tags = new LinkedHashMap<>();
        final TreeSet<String> experiments = new TreeSet<>();
        /** Records by their inputs as text. */
        final Map<String, Map<String, Object>> records = new LinkedHashMap<>();

        Row(String id, String name, long created) {
            this.id = id;
            this.name = name;
            this.created = created;
            this.updated = created;
        }
    }

    void calls(
            Map<String, Function<Request, Map<String, Object>>> reads,
            Map<String, Function<Request, Map<String, Object>>> writes) {
        writes.put("POST 3.0/datasets/create", this::create);
        reads.put("POST 3.0/datasets/search", this::search);
        reads.put("GET " + ONE, r -> Wire.object("dataset", wire(row(r))));
        writes.put("DELETE " + ONE, this::delete);
        writes.put("PATCH " + ONE + "/tags", this::setTags);
        writes.put("DELETE " + ONE + "/tags/{key}", this::deleteTag);
        reads.put(
                "GET " + ONE + "/experiment-ids", r -> Wire.object("experiment_ids", List.copyOf(row(r).experiments)));
        writes.put("POST " + ONE + "/add-experiments", this::addExperiments);
        writes.put("POST " + ONE + "/remove-experiments", this::removeExperiments);
        writes.put("POST " + ONE + "/records", this::put);
        reads.put("GET " + ONE + "/records", this::records);
        writes.put("DELETE " + ONE + "/records", this::deleteRecords);
    }

    private Map<String, Object> create(Request request) {
        Row row = new Row("d-" + request.ids().get(), request.text("name"), request.now());
        add(row, request);
        row.tags.putAll(object(request.optional("tags").orElse("{}")));
        rows.put(row.id, row);
        Map<String, Object> wire = wire(row);
        wire.put("experiment_ids", List.copyOf(row.experiments));
        return Wire.object("dataset", wire);
    }

    private void add(Row row, Request request) {
        request.texts("experiment_ids").forEach(id -> row.experiments.add(experiments.active(id).id));
    }

    private Map<String, Object> search(Request request) {
        int size = request.maxResults(1000, 1000);
        List<String> wanted = request.texts("experiment_ids");
        SearchFilter filter =
                SearchFilter.parse(request.optional("filter_string").orElse(""), KINDS);
        List<Row> newest = rows.values().stream()
                .filter(r -> wanted.isEmpty() || wanted.stream().anyMatch(r.experiments::contains))
                .filter(r -> filter.fits((kind, key) -> value(r, kind, key)))
                .sorted(Comparator.<Row>comparingLong(r -> r.created).reversed())
                .toList();
        return Wire.page(request, "datasets", newest, size, DatasetTable::wire);
    }

    private static Optional<Object> value(Row row, String kind, String key) {
        if (kind.equals("tag")) {
            return Optional.ofNullable(row.tags.get(key));
        }
        return switch (key) {
            case "name" -> Optional.of(row.name);
            case "created_time" -> Optional.of(row.created);
            case "last_update_time" -> Optional.of(row.updated);
            default -> throw Refusal.invalid("Invalid attribute key '" + key + "' specified.");
        };
    }

    private Map<String, Object> delete(Request request) {
        rows.remove(request.text("dataset_id"));
        return Map.of();
    }

    private Map<String, Object> setTags(Request request) {
        row(request).tags.putAll(object(request.text("tags")));
        return Map.of();
    }

    private Map<String, Object> deleteTag(Request request) {
        row(request).tags.remove(request.text("key"));
        return Map.of();
    }

    private Map<String, Object> addExperiments(Request request) {
        add(row(request), request);
        return Wire.object("dataset", wire(row(request)));
    }

    private Map<String, Object> removeExperiments(Request request) {
        request.texts("experiment_ids").forEach(row(request).experiments::remove);
        return Wire.object("dataset", wire(row(request)));
    }

    private Map<String, Object> put(Request request) {
        Row row = row(request);
        int inserted = 0;
        int updated = 0;
        for (Map<String, Object> sent : list(request.text("records"))) {
            String key = JsonCodec.camelCase().text(sent.get("inputs"));
            Map<String, Object> there = row.records.get(key);
            if (there == null) {
                row.records.put(key, made(row, sent, request));
                inserted++;
            } else {
                merge(there, sent, request);
                updated++;
            }
        }
        row.updated = request.now();
        return Wire.object("inserted_count", inserted, "updated_count", updated);
    }

    private static Map<String, Object> made(Row row, Map<String, Object> sent, Request request) {
        Map<String, Object> made = Wire.object(
                "dataset_record_id",
                "dr-" + request.ids().get(),
                "dataset_id",
                row.id,
                "inputs",
                sent.get("inputs"),
                "tags",
                copy(sent.get("tags")),
                "outputs",
                copy(sent.get("outputs")),
                "created_time",
                request.now());
        made.put("expectations", copy(sent.get("expectations")));
        if (sent.get("source") instanceof Map<?, ?> source) {
            String type = String.valueOf(source.get("source_type")).toUpperCase(Locale.ROOT);
            if (!SOURCES.contains(type)) {
                throw Refusal.invalid(
                        "Invalid dataset record source type: " + type + ". Valid source types: " + SOURCES);
            }
            made.put("source", Wire.object("source_type", type, "source_data", copy(source.get("source_data"))));
            made.put("source_type", type);
        }
        made.put("last_update_time", request.now());
        return made;
    }

    private static void merge(Map<String, Object> there, Map<String, Object> sent, Request request) {
        for (String field : List.of("expectations", "tags")) {
            Map<String, Object> merged = copy(there.get(field));
            merged.putAll(copy(sent.get(field)));
            there.put(field, merged);
        }
        if (sent.get("outputs") != null) {
            there.put("outputs", sent.get("outputs"));
        }
        there.put("last_update_time", request.now());
    }

    /** Tokens of records are of another kind than elsewhere; an offset serves as well. */
    private Map<String, Object> records(Request request) {
        Row row = rows.get(request.text("dataset_id"));
        List<Map<String, Object>> all = row == null ? List.of() : new ArrayList<>(row.records.values());
        Map<String, Object> page = Wire.page(request, "records", all, request.maxResults(1000, 10_000), r -> r);
        page.put("records", JsonCodec.camelCase().text(page.getOrDefault("records", List.of())));
        return page;
    }

    private Map<String, Object> deleteRecords(Request request) {
        List<String> ids = request.texts("dataset_record_ids");
        Row row = row(request);
        int before = row.records.size();
        row.records.values().removeIf(r -> ids.contains(String.valueOf(r.get("dataset_record_id"))));
        return Wire.object("deleted_count", before - row.records.size());
    }

    private Row row(Request request) {
        String id = request.text("dataset_id");
        Row row = rows.get(id);
        if (row == null) {
            throw Refusal.missing("Evaluation dataset with id '" + id + "' not found");
        }
        return row;
    }

    private static Map<String, Object> wire(Row row) {
        Map<String, Object> wire = Wire.object(
                "dataset_id",
                row.id,
                "name",
                row.name,
                "tags",
                JsonCodec.camelCase().text(row.tags),
                "digest",
                Integer.toHexString(row.id.hashCode() + row.records.hashCode()),
                "created_time",
                row.created,
                "last_update_time",
                row.updated);
        if (!row.records.isEmpty()) {
            wire.put("profile", JsonCodec.camelCase().text(Map.of("num_records", row.records.size())));
        }
        return wire;
    }

    private static Map<String, Object> object(String json) {
        return JsonCodec.camelCase().object(json.getBytes(StandardCharsets.UTF_8), "tags");
    }

    private static List<Map<String, Object>> list(String json) {
        Object tree = JsonCodec.camelCase().tree(json.getBytes(StandardCharsets.UTF_8), "records");
        return tree instanceof List<?> list
                ? list.stream().map(DatasetTable::copy).toList()
                : List.of();
    }

    private static Map<String, Object> copy(@Nullable Object tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }
}
