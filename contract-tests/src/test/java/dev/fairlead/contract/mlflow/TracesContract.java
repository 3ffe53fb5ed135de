package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.TraceFilter;
import dev.fairlead.mlflow.traces.Assessment;
import dev.fairlead.mlflow.traces.AssessmentContent;
import dev.fairlead.mlflow.traces.AssessmentSource;
import dev.fairlead.mlflow.traces.Span;
import dev.fairlead.mlflow.traces.SpanEvent;
import dev.fairlead.mlflow.traces.Trace;
import dev.fairlead.mlflow.traces.TraceState;
import dev.fairlead.mlflow.traces.Traces;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Traces and what is said of them. */
abstract class TracesContract extends MlflowContract {
    private static final Instant START = Instant.parse("2026-05-04T10:00:00.123Z");

    private Traces traces() {
        return mlflow.traces();
    }

    private String trace() {
        return trace(START, false, Map.of());
    }

    private String trace(Instant start, boolean failed, Map<String, String> attributes) {
        return OtlpJson.send(traces().otlp(experiment), start, failed, attributes);
    }

    private List<String> found(Filter filter) {
        return traces().search(q -> q.addExperiment(experiment).filter(filter)).stream()
                .map(Trace::id)
                .toList();
    }

    @Test
    @Proves("mlflow.traces")
    void get_tellsATraceWithItsSpans() {
        String id = trace(
                START,
                true,
                Map.of(
                        "mlflow.spanType",
                        "\"LLM\"",
                        "mlflow.spanInputs",
                        "{\"q\":1}",
                        "mlflow.spanOutputs",
                        "\"out\""));

        Trace trace = traces().get(id);

        assertThat(trace.experimentId()).isEqualTo(experiment.id());
        assertThat(trace.state()).isEqualTo(TraceState.ERROR);
        assertThat(trace.startTime()).isEqualTo(START);
        assertThat(trace.duration()).contains(Duration.ofMillis(500));
        assertThat(trace.requestPreview()).isEqualTo("{\"q\":1}");
        assertThat(trace.responsePreview()).isEqualTo("\"out\"");
        assertThat(trace.runId()).isEmpty();
        assertThat(trace.spans()).hasSize(2);
        Span root = trace.spans().stream()
                .filter(s -> s.parentId().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(root.id()).isEqualTo(id.substring(3, 19));
        assertThat(root.name()).startsWith("answer ");
        assertThat(root.start()).isEqualTo(START);
        assertThat(root.end()).contains(START.plusMillis(500));
        assertThat(root.state()).isEqualTo(TraceState.ERROR);
        assertThat(root.statusMessage()).isEqualTo("no luck");
        assertThat(root.type()).isEqualTo("LLM");
        assertThat(root.inputs()).contains(Map.of("q", 1));
        assertThat(root.outputs()).contains("out");
        assertThat(root.attributes()).containsEntry("n", 5).containsEntry("list", List.of(1.5, true));
        assertThat(root.events())
                .containsExactly(new SpanEvent("cache miss", START.plusMillis(10), Map.of("key", "k")));
        Span child = trace.spans().stream()
                .filter(s -> s.parentId().isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(child.parentId()).contains(root.id());
        assertThat(child.state()).isEqualTo(TraceState.UNSPECIFIED);
        assertThat(traces().find("tr-none")).isEmpty();
        refusedWith(() -> traces().get("tr-none"), NotFoundException.class, "tr-none");
    }

    @Test
    @Proves("mlflow.traces.search")
    void search_findsByWhatItIsAskedFor_onceEach() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(0, trace(START.plusSeconds(i), i == 0, Map.of()));
        }
        traces().setTag(all.get(1), "team", "it's");
        traces().assess(all.get(2), a -> a.name("ok").feedback(false).source(AssessmentSource.human("ada")));
        traces().assess(all.get(3), a -> a.name("answer").expectation("42").source(AssessmentSource.code("t")));

        assertThat(traces().search(q -> q.addExperiment(experiment).pageSize(2)).stream()
                        .map(Trace::id))
                .containsExactlyElementsOf(all);
        assertThat(traces().search(q -> q.addExperiment(experiment).oldestFirst(true)).stream()
                        .map(Trace::id)
                        .findFirst())
                .contains(all.get(4));
        assertThat(found(TraceFilter.state().eq("ERROR"))).containsExactly(all.get(4));
        assertThat(found(Filter.tag("team").eq("it's"))).containsExactly(all.get(1));
        assertThat(found(TraceFilter.timestamp().gt(START.plusSeconds(3).toEpochMilli())))
                .containsExactly(all.get(0));
        assertThat(found(TraceFilter.duration().gt(500))).isEmpty();
        assertThat(found(TraceFilter.feedback("ok").eq("false"))).containsExactly(all.get(2));
        assertThat(found(TraceFilter.expectation("answer").eq("42"))).containsExactly(all.get(3));
        assertThat(found(TraceFilter.spanName()
                        .eq("think")
                        .and(TraceFilter.state().eq("OK"))))
                .hasSize(4);
        assertThat(found(TraceFilter.contentLike("%cache miss%"))).hasSize(5);
        assertThat(traces().search(q -> q.addExperiment(experiment)).stream().flatMap(t -> t.spans().stream()))
                .isEmpty();
    }

    @Test
    void query_whatTheServerWouldRefuse_isRefusedBefore() {
        refusedWith(
                () -> traces().search(q -> q.pageSize(501)),
                InvalidValueException.class,
                "at least one experiment",
                "must be 1 to 500, was 501");
        refusedWith(
                () -> traces().assess("tr-1", a -> a.name(" ")),
                InvalidValueException.class,
                "name must not be blank",
                "content must be set",
                "source must be set");
        refusedWith(
                () -> traces().updateAssessment("tr-1", "a-1", c -> {}),
                InvalidValueException.class,
                "must change something");
    }

    @Test
    @Proves("mlflow.traces.tags")
    void tags_areSetAndRemoved() {
        String id = trace();

        traces().setTag(id, "a", "1");
        traces().setTag(id, "a", "2");
        assertThat(traces().get(id).tags()).containsEntry("a", "2");
        traces().deleteTag(id, "a");
        traces().deleteTag(id, "a");
        assertThat(traces().get(id).tags()).doesNotContainKey("a");
        refusedWith(() -> traces().setTag("tr-none", "a", "1"), NotFoundException.class, "not there");
    }

    @Test
    @Proves("mlflow.traces.link")
    void linkToRun_makesTracesFoundByTheirRun() {
        String run = start().id();
        List<String> ids = List.of(trace(START, false, Map.of()), trace(START.plusSeconds(1), false, Map.of()));
        trace();

        traces().linkToRun(run, ids);
        traces().linkToRun(run, ids);

        assertThat(found(TraceFilter.runId().eq(run))).containsExactly(ids.get(1), ids.get(0));
    }

    @Test
    @Proves("mlflow.traces.delete")
    void delete_removesWhatIsNamed_orWhatIsOld() {
        String first = trace(START, false, Map.of());
        String second = trace(START.plusSeconds(10), false, Map.of());
        String third = trace(START.plusSeconds(20), false, Map.of());

        assertThat(traces().delete(experiment.id(), List.of(first, "tr-none"))).isEqualTo(1);
        assertThat(traces().find(first)).isEmpty();
        assertThat(traces().delete(experiment.id(), List.of())).isZero();
        assertThat(traces().deleteUntil(experiment.id(), START.plusSeconds(10), 100))
                .isEqualTo(1);
        assertThat(traces().find(second)).isEmpty();
        assertThat(traces().find(third)).isPresent();
    }

    @Test
    @Proves("mlflow.assessments")
    void assessments_areMadeChangedReplacedAndDeleted() {
        String id = trace();
        Assessment made = traces().assess(
                        id,
                        a -> a.name("correct")
                                .feedback(true)
                                .source(AssessmentSource.human("ada"))
                                .rationale("as it should be")
                                .putMetadata("round", "1"));

        assertThat(made.traceId()).isEqualTo(id);
        assertThat(made.value()).contains(true);
        assertThat(made.source()).isEqualTo(AssessmentSource.human("ada"));
        assertThat(made.metadata()).isEqualTo(Map.of("round", "1"));
        assertThat(made.valid()).isTrue();
        assertThat(made.createdAt()).isPresent();
        assertThat(traces().assessment(id, made.id())).isEqualTo(made);

        Assessment changed = traces().updateAssessment(
                        id, made.id(), c -> c.feedback(0.5).rationale("half").putMetadata("by", "eve"));
        assertThat(changed.name()).isEqualTo("correct");
        assertThat(changed.value()).contains(0.5);
        assertThat(changed.rationale()).isEqualTo("half");
        assertThat(changed.metadata()).isEqualTo(Map.of("round", "1", "by", "eve"));

        Assessment replacing = traces().assess(
                        id,
                        a -> a.name("correct")
                                .feedback("no")
                                .source(AssessmentSource.llmJudge("judge"))
                                .overrides(made.id()));
        assertThat(replacing.overrides()).contains(made.id());
        assertThat(traces().assessment(id, made.id()).valid()).isFalse();

        traces().deleteAssessment(id, made.id());
        traces().deleteAssessment(id, made.id());
        refusedWith(() -> traces().assessment(id, made.id()), NotFoundException.class, made.id());
        assertThat(traces().get(id).assessments()).extracting(Assessment::id).containsExactly(replacing.id());
    }

    @Test
    @Proves("mlflow.assessments")
    void assessments_ofEveryKind_areReadAsTheyWereSaid() {
        String id = trace();
        AssessmentSource source = AssessmentSource.code("test");
        Map<String, Object> tree = Map.of("steps", List.of(1, 2.5, "x"), "deep", Map.of("a", true));

        Assessment expected =
                traces().assess(id, a -> a.name("tree").expectation(tree).source(source));
        Assessment text =
                traces().assess(id, a -> a.name("text").expectation("Bern").source(source));
        Assessment failed = traces().assess(
                        id,
                        a -> a.name("judged")
                                .content(AssessmentContent.failure("RATE_LIMIT", "too many"))
                                .source(source)
                                .spanId(id.substring(3, 19)));

        assertThat(expected.value()).contains(tree);
        assertThat(text.value()).contains("Bern");
        assertThat(failed.value()).isEmpty();
        assertThat(failed.spanId()).contains(id.substring(3, 19));
        assertThat(failed.content()).isEqualTo(AssessmentContent.failure("RATE_LIMIT", "too many"));
        assertThat(traces().get(id).assessments()).containsExactlyInAnyOrder(expected, text, failed);
        refusedWith(
                () -> traces().assess("tr-none", a -> a.name("x").feedback(1).source(source)),
                NotFoundException.class,
                "tr-none");
    }

    @Test
    @Proves("mlflow.assessments.once")
    void assess_whoseAnswerIsLost_makesOneAssessment() {
        String id = trace();
        place.faults().dropNextReply("traces/" + id + "/assessments", 1);

        Assessment made = traces().assess(id, a -> a.name("x").feedback(1.5).source(AssessmentSource.human("ada")));

        assertThat(traces().get(id).assessments()).containsExactly(made);
    }
}
