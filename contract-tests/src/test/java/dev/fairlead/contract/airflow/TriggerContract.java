package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunConflictException;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.InvalidParamException;
import dev.fairlead.airflow.LogicalDateConflictException;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Param;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.RateLimitedException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How runs are started: once for each key, whatever happens on the way. */
abstract class TriggerContract extends AirflowContract {
    @Override
    List<Dag> dags() {
        return List.of(goodDag(), instant("keyed"));
    }

    @Test
    @Proves("airflow.errors")
    void trigger_viewer_isNotAllowed() {
        AirflowClient viewer = place.viewer().build();

        assertThat(viewer.dags().get(id("keyed")).id()).isEqualTo(id("keyed"));
        assertThatThrownBy(() -> viewer.runs().trigger(id("keyed")))
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining("the user's role in Airflow does not allow it");
    }

    @Test
    @Proves("airflow.trigger-idempotent")
    void trigger_sameKeyTwice_isOneRun() {
        String key = unique("twice");
        DagRun first = trigger("keyed", key).await(RUN);

        DagRun second = trigger("keyed", key).await(RUN);

        assertThat(second.operationId()).isEqualTo(first.operationId());
        assertThat(runs("keyed", key)).hasSize(1);
    }

    @Test
    @Proves("airflow.trigger-idempotent")
    void trigger_sameKeyInManyThreads_isOneRun() throws Exception {
        String key = unique("threads");
        int count = parallel();
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<String>> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add(threads.submit(() -> {
                    start.await();
                    return trigger("keyed", key).id();
                }));
            }
            Set<String> different = new HashSet<>();
            for (Future<String> id : ids) {
                different.add(id.get());
            }
            assertThat(different).containsExactly(id("keyed") + "/" + key);
        } finally {
            threads.shutdownNow();
        }
        assertThat(runs("keyed", key)).hasSize(1);
    }

    @Test
    @Proves("airflow.trigger-idempotent")
    void trigger_replyLost_isOneRunAndNoError() {
        String key = unique("lost");
        place.faults().dropNextReply("POST dagRuns", 1);

        assertThat(trigger("keyed", key).await(RUN).state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(runs("keyed", key)).hasSize(1);
    }

    @Test
    @Proves("airflow.trigger-conflict")
    void trigger_sameKeyWithAnotherConfiguration_isRefusedWithTheRun() {
        String key = unique("conf");
        airflow.runs().trigger(id("keyed"), t -> t.runId(key).putConf("rows", 10));

        assertThatThrownBy(() ->
                        airflow.runs().trigger(id("keyed"), t -> t.runId(key).putConf("rows", 11)))
                .isInstanceOfSatisfying(DagRunConflictException.class, e -> {
                    assertThat(e.existing().id()).isEqualTo(key);
                    assertThat(e.existing().conf()).isEqualTo(Map.of("rows", 10));
                })
                .hasMessageContaining("run '" + key + "' exists with another configuration");
    }

    @Test
    @Proves("airflow.trigger-conflict")
    void trigger_takenLogicalDate_isToldFromATakenKey() {
        Instant date = Instant.parse("2025-01-05T03:00:00.123456789Z");
        String key = unique("dated");
        DagRun run = airflow.runs()
                .trigger(id("keyed"), t -> t.runId(key).logicalDate(date))
                .await(RUN);
        assertThat(run.logicalDate()).hasValue(Instant.parse("2025-01-05T03:00:00.123456Z"));
        assertThat(airflow.runs()
                        .trigger(id("keyed"), t -> t.runId(key).logicalDate(date))
                        .id())
                .isEqualTo(run.operationId());

        assertThatThrownBy(() -> airflow.runs()
                        .trigger(id("keyed"), t -> t.runId(unique("dated")).logicalDate(date)))
                .isInstanceOfSatisfying(
                        LogicalDateConflictException.class,
                        e -> assertThat(e.existing().id()).isEqualTo(key))
                .hasMessageContaining("run '" + key + "' already stands for 2025-01-05T03:00:00.123456");
    }

    @Test
    void trigger_withoutKey_choosesOneEachTime() {
        assertThat(airflow.runs().trigger(id("keyed")).id())
                .isNotEqualTo(airflow.runs().trigger(id("keyed")).id());
    }

    @Test
    @Proves("airflow.errors")
    void trigger_unknownDag_saysSo() {
        assertThatThrownBy(() -> airflow.runs().trigger(id("nowhere")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(id("nowhere"))
                .hasMessageContaining("deploy it");
        assertThatThrownBy(() -> airflow.dags().get(id("nowhere"))).isInstanceOf(NotFoundException.class);
        assertThat(airflow.dags().find(id("nowhere"))).isEmpty();
        assertThat(airflow.dags().source(id("nowhere"))).isEmpty();
        assertThatThrownBy(() -> airflow.runs().get(id("keyed"), "nowhere")).isInstanceOf(NotFoundException.class);
        assertThat(airflow.runs().find(id("keyed"), "nowhere")).isEmpty();
    }

    /** How many trigger at once. */
    int parallel() {
        return 20;
    }

    @Test
    @Proves("airflow.errors")
    void get_serverFails_isRetriedAndThenTyped() {
        place.faults().failNext("GET dags", 503, 1);
        assertThat(airflow.dags().get(id("good")).id()).isEqualTo(id("good"));

        AirflowClient once = place.client()
                .platform(p -> p.retry(r -> new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1)))
                .build();
        once.server();
        place.faults().failNext("GET dags", 503, 1);
        assertThatThrownBy(() -> once.dags().get(id("good"))).isInstanceOf(UnavailableException.class);
    }

    @Test
    @Proves("airflow.trigger-idempotent")
    void trigger_firstAttemptStillAtWorkWhenLookedUp_isOneRun() {
        String key = unique("slow");
        AirflowClient hasty = place.client()
                .platform(p -> p.retry(r -> new RetryPolicy(6, Duration.ofMillis(300), Duration.ofSeconds(1), 100)))
                .build()
                .withOptions(o -> o.timeout(Duration.ofSeconds(20)));
        place.faults().dropNextReply("POST dagRuns", 1);
        place.faults().failNext("GET dagRuns", 404, 1); // as if the lost attempt had not come to its end yet

        assertThat(hasty.runs()
                        .trigger(id("keyed"), t -> t.runId(key))
                        .await(RUN)
                        .id())
                .isEqualTo(key);
        assertThat(runs("keyed", key)).hasSize(1);
    }

    @Test
    @Proves("airflow.errors")
    void call_eachStatus_isItsOwnError() {
        AirflowClient once = place.client()
                .platform(p -> p.retry(r -> new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1)))
                .build();
        once.dags().get(id("good"));
        Map<Integer, Class<? extends ServiceException>> kinds = Map.of(
                400, InvalidRequestException.class,
                403, PermissionException.class,
                404, NotFoundException.class,
                409, ConflictException.class,
                422, InvalidRequestException.class,
                429, RateLimitedException.class,
                500, ServiceException.class,
                503, UnavailableException.class);
        kinds.forEach((status, kind) -> {
            place.faults().failNext("GET dags", status, 1, Map.of(), "{\"detail\": \"no luck today\"}");
            assertThatThrownBy(() -> once.dags().get(id("good")))
                    .isInstanceOf(kind)
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.status()).isEqualTo(status))
                    .hasMessageContaining("no luck today");
        });
        place.faults()
                .failNext(
                        "GET dags",
                        422,
                        1,
                        Map.of(),
                        "{\"detail\": [{\"loc\": [\"query\", \"limit\"], \"msg\": \"too large\", \"input\": \"s3cret\"}]}");
        assertThatThrownBy(() -> once.dags().get(id("good")))
                .hasMessageContaining("query.limit: too large")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @Proves("airflow.params")
    void trigger_paramOfTheWrongKind_isNamed() {
        place.faults()
                .failNext(
                        "POST dagRuns",
                        400,
                        1,
                        Map.of(),
                        "{\"detail\": \"Invalid input for param rows: 's3cret' is not of type 'integer'\\n\\nFailed validating\"}");

        assertThatThrownBy(() -> airflow.runs().trigger(id("keyed"), t -> t.putConf("rows", "s3cret")))
                .isInstanceOfSatisfying(InvalidParamException.class, e -> {
                    assertThat(e.param()).isEqualTo("rows");
                    assertThat(e.rule()).hasValue("'s3cret' is not of type 'integer'");
                })
                .hasMessageContaining("does not allow this value of its param 'rows'")
                .hasMessageNotContaining("s3cret");
    }

    private record Settings(int rows) {}

    @Test
    @Proves("airflow.params")
    void trigger_confThatTheDagForbids_isRefusedBeforeItIsSent() {
        Dag dag = Dag.builder(id("unsent"))
                .putParam("rows", Param.of(5).maximum(9))
                .build();
        place.forgetRequests();

        assertThatThrownBy(() -> airflow.runs().trigger(dag, t -> t.conf(new Settings(12))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("conf[rows] must be at most 9, was 12");
        assertThat(place.requests("POST dagRuns")).isEmpty();
    }
}
