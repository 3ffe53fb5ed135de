package dev.fairlead.mlflow.internal.traces;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.Decode;
import dev.fairlead.mlflow.internal.DistinctPages;
import dev.fairlead.mlflow.internal.Lost;
import dev.fairlead.mlflow.internal.wire.AssessmentWire;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.mlflow.internal.wire.TraceWire;
import dev.fairlead.mlflow.traces.Assessment;
import dev.fairlead.mlflow.traces.AssessmentChange;
import dev.fairlead.mlflow.traces.AssessmentSpec;
import dev.fairlead.mlflow.traces.EvaluationDatasets;
import dev.fairlead.mlflow.traces.OtlpSettings;
import dev.fairlead.mlflow.traces.Scorers;
import dev.fairlead.mlflow.traces.Trace;
import dev.fairlead.mlflow.traces.TraceQuery;
import dev.fairlead.mlflow.traces.Traces;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Traces on the server. */
public final class DefaultTraces implements Traces {
    private static final String ROOT = "3.0/mlflow/traces";
    private static final int MOST_LINKS = 100;
    private static final int MAX_KEY = 250;
    private static final int MAX_TAG = 8000;

    private final Api api;

    /** Creates the traces of a server. */
    public DefaultTraces(Api api) {
        this.api = api;
    }

    private <T> CallSpec.Builder<T> call(
            String operation, String method, String path, @Nullable Object body, Class<T> type) {
        api.require("traces", "3.2");
        return api.call(operation, method, path, body, type);
    }

    private void requireChanges() {
        api.require("changing traces", "3.3");
    }

    private static String path(String traceId, String... more) {
        StringBuilder path = new StringBuilder(ROOT).append('/').append(CallSpec.encode(traceId));
        for (String each : more) {
            path.append('/').append(CallSpec.encode(each));
        }
        return path.toString();
    }

    @Override
    public PagedIterable<Trace> search(Consumer<TraceQuery.Builder> change) {
        TraceQuery.Builder builder = TraceQuery.builder();
        change.accept(builder);
        TraceQuery query = builder.build();
        PagedIterable<Trace> pages = Pages.of("mlflow traces/search", token -> {
            TraceWire.Search body = new TraceWire.Search(
                    query.experimentIds().stream()
                            .map(TraceWire.Location::experiment)
                            .toList(),
                    query.filter().text(),
                    query.pageSize(),
                    List.of(query.oldestFirst() ? "timestamp_ms ASC" : "timestamp_ms DESC"),
                    token);
            TraceWire.Page page = api.send(call("traces/search", "POST", ROOT + "/search", body, TraceWire.Page.class)
                    .repeatable());
            return new Page<>(
                    Decode.list(page.traces()).stream()
                            .map(t -> TraceDecode.trace(t, null))
                            .toList(),
                    page.nextPageToken());
        });
        return new DistinctPages<>(pages, Trace::id);
    }

    @Override
    public Trace get(String traceId) {
        api.require("reading the spans of a trace", "3.7");
        TraceWire.Body trace = api.send(call("traces/get", "GET", ROOT + "/get", null, TraceWire.Single.class)
                        .repeatable()
                        .query("trace_id", traceId))
                .trace();
        return TraceDecode.trace(trace.traceInfo(), trace.spans());
    }

    @Override
    public Optional<Trace> find(String traceId) {
        try {
            return Optional.of(get(traceId));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void setTag(String traceId, String key, String value) {
        Problems.check("tag", (Problems.Checked) at -> {
            at.require(
                    !key.isBlank() && key.length() <= MAX_KEY, "key", "must have 1 to " + MAX_KEY + " characters", key);
            at.require(
                    value.length() <= MAX_TAG,
                    "value",
                    "must have at most " + MAX_TAG + " characters",
                    value.length() + " characters");
        });
        requireChanges();
        ServerWire.Empty unused = api.send(call(
                        "traces/set-tag",
                        "PATCH",
                        path(traceId, "tags"),
                        new TraceWire.Tag(key, value),
                        ServerWire.Empty.class)
                .repeatable());
    }

    @Override
    public void deleteTag(String traceId, String key) {
        requireChanges();
        try {
            ServerWire.Empty unused = api.send(call(
                            "traces/delete-tag",
                            "DELETE",
                            path(traceId, "tags"),
                            new TraceWire.Tag(key, null),
                            ServerWire.Empty.class)
                    .repeatable());
        } catch (NotFoundException e) {
            // gone is what was wanted
        }
    }

    @Override
    public int delete(String experimentId, Collection<String> traceIds) {
        return traceIds.isEmpty() ? 0 : delete(new TraceWire.Delete(experimentId, List.copyOf(traceIds), null, null));
    }

    @Override
    public int deleteUntil(String experimentId, Instant moment, int most) {
        return delete(new TraceWire.Delete(experimentId, null, moment.toEpochMilli(), most));
    }

    /** Repeating would tell a smaller number, and a limit would delete more. */
    private int delete(TraceWire.Delete body) {
        requireChanges();
        return Objects.requireNonNullElse(
                api.send(call("traces/delete", "POST", ROOT + "/delete-traces", body, TraceWire.Deleted.class))
                        .tracesDeleted(),
                0);
    }

    @Override
    public void linkToRun(String runId, Collection<String> traceIds) {
        requireChanges();
        List<String> all = List.copyOf(traceIds);
        for (int from = 0; from < all.size(); from += MOST_LINKS) {
            List<String> some = all.subList(from, Math.min(all.size(), from + MOST_LINKS));
            ServerWire.Empty unused = api.send(call(
                            "traces/link-to-run",
                            "POST",
                            "2.0/mlflow/traces/link-to-run",
                            new TraceWire.Link(some, runId),
                            ServerWire.Empty.class)
                    .repeatable());
        }
    }

    @Override
    public Assessment assess(String traceId, Consumer<AssessmentSpec.Builder> change) {
        AssessmentSpec.Builder builder = AssessmentSpec.builder();
        change.accept(builder);
        String key = UUID.randomUUID().toString();
        AssessmentWire.Single body =
                new AssessmentWire.Single(AssessmentEncode.made(traceId, builder.build(), key), null);
        return TraceDecode.assessment(Lost.keyed(
                        api,
                        deadline -> made(traceId, key, deadline),
                        repeat -> api.send(call(
                                        "assessments/create",
                                        "POST",
                                        path(traceId, "assessments"),
                                        body,
                                        AssessmentWire.Single.class)
                                .repeat(repeat)),
                        twin -> deleteAssessment(
                                traceId,
                                TraceDecode.assessment(twin.assessment()).id()))
                .assessment());
    }

    /** Finds assessments by their key among those of their trace, the oldest first. */
    private List<AssessmentWire.Single> made(String traceId, String key, Deadline deadline) {
        TraceWire.Info info = api.calls()
                .call(
                        call("traces/info", "GET", path(traceId), null, TraceWire.Single.class)
                                .repeatable()
                                .build(),
                        deadline)
                .trace()
                .traceInfo();
        return Decode.list(info.assessments()).stream()
                .filter(a -> key.equals(Objects.requireNonNullElse(a.metadata(), Map.<String, String>of())
                        .get(AssessmentSpec.KEY_METADATA)))
                .sorted(Comparator.comparing(a -> String.valueOf(a.createTime())))
                .map(a -> new AssessmentWire.Single(a, null))
                .toList();
    }

    @Override
    public Assessment assessment(String traceId, String assessmentId) {
        return TraceDecode.assessment(api.send(call(
                                "assessments/get",
                                "GET",
                                path(traceId, "assessments", assessmentId),
                                null,
                                AssessmentWire.Single.class)
                        .repeatable())
                .assessment());
    }

    @Override
    public Assessment updateAssessment(
            String traceId, String assessmentId, Consumer<AssessmentChange.Builder> changes) {
        AssessmentChange.Builder builder = AssessmentChange.builder();
        changes.accept(builder);
        AssessmentChange change = builder.build();
        List<String> mask = new ArrayList<>();
        AssessmentWire.Body body = AssessmentEncode.changed(traceId, assessmentId, change, mask);
        return TraceDecode.assessment(api.send(call(
                                "assessments/update",
                                "PATCH",
                                path(traceId, "assessments", assessmentId),
                                new AssessmentWire.Single(body, String.join(",", mask)),
                                AssessmentWire.Single.class)
                        .repeatable())
                .assessment());
    }

    @Override
    public void deleteAssessment(String traceId, String assessmentId) {
        ServerWire.Empty unused = api.send(call(
                        "assessments/delete",
                        "DELETE",
                        path(traceId, "assessments", assessmentId),
                        null,
                        ServerWire.Empty.class)
                .repeatable());
    }

    @Override
    public OtlpSettings otlp(Experiment experiment) {
        api.require("traces over OTLP", "3.4");
        return new DefaultOtlpSettings(api, experiment.id());
    }

    @Override
    public EvaluationDatasets datasets() {
        return new DefaultEvaluationDatasets(api);
    }

    @Override
    public Scorers scorers() {
        return new DefaultScorers(api);
    }
}
