package dev.fairlead.testing.internal.mlflow;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The traces, which arrive over OTLP, and what is said of them. */
final class TraceTable {
    private static final List<String> KINDS =
            List.of("attribute", "tag", "request_metadata", "span", "feedback", "expectation");

    private final ExperimentTable experiments;
    private final Map<String, TraceRow> rows = new LinkedHashMap<>();
    private final AssessmentTable assessments = new AssessmentTable(this::row);

    TraceTable(ExperimentTable experiments) {
        this.experiments = experiments;
    }

    void calls(
            Map<String, Function<Request, Map<String, Object>>> reads,
            Map<String, Function<Request, Map<String, Object>>> writes) {
        writes.put(OtlpRoute.CALL, this::ingest);
        reads.put(
                "GET 3.0/traces/get",
                r -> Wire.object(
                        "trace",
                        row(r.text("trace_id"), "Trace with ID %s is not found.")
                                .full()));
        reads.put("POST 3.0/traces/search", this::search);
        writes.put("POST 3.0/traces/delete-traces", this::delete);
        reads.put(
                "GET 3.0/traces/{trace_id}",
                r -> Wire.object(
                        "trace",
                        Wire.object("trace_info", row(r.text("trace_id")).info())));
        writes.put("PATCH 3.0/traces/{trace_id}/tags", this::setTag);
        writes.put("DELETE 3.0/traces/{trace_id}/tags", this::deleteTag);
        writes.put("POST traces/link-to-run", this::link);
        assessments.calls(reads, writes);
    }

    /** Takes spans in, all of one request or none. */
    private Map<String, Object> ingest(Request request) {
        String experiment = experiments.active(request.text("experiment_id")).id;
        for (Map<String, Object> span : request.objects("spans")) {
            String id = "tr-" + span.get("traceId");
            rows.computeIfAbsent(id, i -> new TraceRow(i, experiment)).add(span);
        }
        return Map.of();
    }

    private Map<String, Object> search(Request request) {
        int size = request.maxResults(100, 500);
        List<String> wanted = request.objects("locations").stream()
                .map(l ->
                        l.get("mlflow_experiment") instanceof Map<?, ?> e ? String.valueOf(e.get("experiment_id")) : "")
                .toList();
        SearchFilter filter = SearchFilter.parse(request.optional("filter").orElse(""), KINDS);
        Comparator<TraceRow> oldest = Comparator.<TraceRow>comparingLong(TraceRow::startMillis)
                .thenComparing(Comparator.<TraceRow, String>comparing(r -> r.id).reversed());
        boolean ascending = request.texts("order_by").stream().anyMatch(o -> o.endsWith(" ASC"));
        List<TraceRow> found = rows.values().stream()
                .filter(r -> wanted.contains(r.experimentId))
                .filter(r -> filter.fitsAny(r::values))
                .sorted(ascending ? oldest : oldest.reversed())
                .toList();
        return Wire.page(request, "traces", found, size, TraceRow::info);
    }

    private Map<String, Object> delete(Request request) {
        String experiment = request.text("experiment_id");
        List<String> ids = request.texts("request_ids");
        if (ids.isEmpty() && request.number("max_timestamp_millis").isEmpty()) {
            throw Refusal.invalid("Either `max_timestamp_millis` or `trace_ids` must be specified.");
        }
        long until = request.number("max_timestamp_millis").orElse(Long.MIN_VALUE);
        List<String> gone = rows.values().stream()
                .filter(r -> r.experimentId.equals(experiment))
                .filter(r -> ids.isEmpty() ? r.startMillis() <= until : ids.contains(r.id))
                .sorted(Comparator.comparingLong(TraceRow::startMillis))
                .limit(request.number("max_traces").orElse(Long.MAX_VALUE))
                .map(r -> r.id)
                .toList();
        rows.keySet().removeAll(gone);
        return Wire.object("traces_deleted", gone.size());
    }

    private Map<String, Object> setTag(Request request) {
        TraceRow row = rows.get(request.text("trace_id"));
        if (row == null) {
            throw Refusal.bad("(sqlite3.IntegrityError) FOREIGN KEY constraint failed");
        }
        row.tags.put(request.text("key"), request.optional("value").orElse(""));
        return Map.of();
    }

    private Map<String, Object> deleteTag(Request request) {
        TraceRow row = rows.get(request.text("trace_id"));
        if (row == null || row.tags.remove(request.text("key")) == null) {
            throw Refusal.missing("No trace tag with key '" + request.text("key") + "' for trace with ID '"
                    + request.text("trace_id") + "'");
        }
        return Map.of();
    }

    private Map<String, Object> link(Request request) {
        List<String> ids = request.texts("trace_ids");
        if (ids.size() > 100) {
            throw Refusal.invalid("Cannot link more than 100 traces to a run in a single request.");
        }
        ids.stream().map(rows::get).filter(r -> r != null).forEach(r -> r.runs.add(request.text("run_id")));
        return Map.of();
    }

    private TraceRow row(String id) {
        return row(id, "Trace with ID '%s' not found.");
    }

    private TraceRow row(String id, String message) {
        TraceRow row = rows.get(id);
        if (row == null) {
            throw Refusal.missing(String.format(message, id));
        }
        return row;
    }
}
