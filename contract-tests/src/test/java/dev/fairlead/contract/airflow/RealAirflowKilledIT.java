package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLogLine;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.admin.Health;
import dev.fairlead.airflow.admin.HealthPart;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Parts of a real Airflow are killed: its DAG processor while it reads a file, its API server in the middle of triggers, waits and a followed log.
 * Each goes on, nothing is doubled. Once in every build, the API server at many moments with {@code -Dfairlead.campaign=full}.
 */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealAirflowKilledIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int LINES = 30;

    private AirflowServer server;
    private AirflowClient airflow;

    @BeforeAll
    void start() {
        RealServers.skipped(RealServers.Kind.AIRFLOW).ifPresent(why -> Assumptions.abort(why));
        // else Airflow itself fails a task whose worker cannot reach the API server for a quarter of a minute
        server = AirflowServer.builder()
                .env("AIRFLOW__WORKERS__MAX_FAILED_HEARTBEATS", "60")
                .env("AIRFLOW__WORKERS__EXECUTION_API_RETRIES", "30")
                .env("AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD", "15")
                // long enough for the end of the DAG processor to come first
                .env("AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL", "5")
                .env("AIRFLOW__DAG_PROCESSOR__BUNDLE_REFRESH_CHECK_INTERVAL", "5")
                .start();
        airflow = RealPlacesIT.client(server, server.dags().toString());
        Stream.of(
                        Dag.builder("talking")
                                .bash(
                                        "talk",
                                        "i=0; while [ $i -lt " + LINES
                                                + " ]; do i=$((i+1)); echo line-$i; sleep 1; done")
                                .build(),
                        Dag.builder("keyed").empty("a").build())
                .map(dag -> airflow.dags().deploy(dag))
                .toList()
                .forEach(delivery -> delivery.await(LIMIT));
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    @Proves({"airflow.wait-survives", "airflow.health"})
    void dagProcessorKilled_isNamedUnhealthy_deliveryFailsTypedInItsDeadline_andIsTakenUpAgain() {
        Dag survivor = Dag.builder("survivor").empty("a").build();
        assertThat(airflow.monitoring().health().healthy()).isTrue();
        Operation<DeployedDag> delivery = airflow.dags().deploy(survivor);
        server.killPart("dag-processor");

        assertThatThrownBy(() -> delivery.await(Duration.ofSeconds(8)))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("airflow parsing DAG survivor")
                .hasMessageContaining("the server has not seen the file yet");
        Health health = Eventually.get(
                "the server misses its DAG processor",
                Duration.ofMinutes(2),
                () -> Optional.of(airflow.monitoring().health()).filter(h -> !h.healthy()));
        assertThat(health.unhealthy()).extracting(HealthPart::name).containsExactly("dag_processor");
        assertThat(health.dagProcessor().lastHeartbeat()).isPresent();
        assertThatThrownBy(() -> airflow.monitoring().untilHealthy().await(Duration.ofSeconds(3)))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("dag_processor unhealthy, last heartbeat");

        server.restartPart("dag-processor");
        DeployedDag deployed = airflow.dags().operation(delivery.id()).await(LIMIT);
        assertThat(deployed.dagId()).isEqualTo("survivor");
        assertThat(airflow.dags().plan(survivor).isEmpty()).isTrue();
        assertThat(airflow.monitoring().health().healthy()).isTrue();
    }

    @Test
    @Proves("airflow.survives-kill")
    void killedApiServer_inTheMiddleOfTriggerWaitAndLog_allGoOnAndNothingIsDoubled() throws Exception {
        killAfter("once", 4);
    }

    @RepeatedTest(8)
    @EnabledIfSystemProperty(named = "fairlead.campaign", matches = "full")
    void killedApiServer_atManyMoments_allGoOnAndNothingIsDoubled(RepetitionInfo round) throws Exception {
        int number = round.getCurrentRepetition();
        killAfter("round" + number, 2 * number);
    }

    private void killAfter(String name, int lines) throws Exception {
        List<TaskLogLine> told = Collections.synchronizedList(new ArrayList<>());
        Operation<DagRun> run = airflow.runs().trigger("talking", t -> t.runId(name));
        CompletableFuture<DagRun> waited = CompletableFuture.supplyAsync(() -> run.await(LIMIT));
        CompletableFuture<DagRun> shared =
                airflow.runs().operation("talking", name).completion(LIMIT);
        CompletableFuture<TaskInstance> followed =
                airflow.runs().followLog("talking", name, "talk", told::add).completion(LIMIT);
        CompletableFuture<Void> triggers = CompletableFuture.runAsync(() -> triggerMany(name));

        // a task that cannot begin for want of an API server is failed by Airflow itself
        Eventually.holds("line " + lines + " of the log", LIMIT, () -> told.size() >= lines);
        server.killPart("api-server");
        server.restartPart("api-server");

        assertThat(waited.get().state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(shared.get().state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(followed.get().state()).isEqualTo(TaskState.SUCCESS);
        assertThat(told.stream().map(TaskLogLine::text).filter(t -> t.startsWith("line-")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES)
                        .mapToObj(i -> "line-" + i)
                        .toList());
        triggers.get();
        assertThat(airflow.runs().list("keyed").stream().map(DagRun::id).filter(id -> id.startsWith(name + "-")))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 6).mapToObj(i -> name + "-" + i).toList());
        assertThat(airflow.runs().tries("talking", name, "talk")).hasSize(1);
    }

    /** Asks again by the same key when the server was gone for longer than one call lasts. */
    private void triggerMany(String name) {
        for (int i = 0; i < 6; i++) {
            String key = name + "-" + i;
            while (true) {
                try {
                    airflow.runs().trigger("keyed", t -> t.runId(key));
                    break;
                } catch (MlPlatformException e) {
                    assertThat(e.retryable()).as("typed as passing: %s", e).isTrue();
                }
            }
            try {
                Thread.sleep(700); // spread over the time in which the server is gone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
