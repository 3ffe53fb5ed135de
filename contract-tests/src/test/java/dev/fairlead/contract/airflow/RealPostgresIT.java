package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunConflictException;
import dev.fairlead.airflow.LogicalDateConflictException;
import dev.fairlead.airflow.admin.Variable;
import dev.fairlead.airflow.admin.VariableSpec;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Airflow on PostgreSQL, whose writers do not wait for each other, with users that Flask AppBuilder knows and tokens that live seconds. */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealPostgresIT extends AirflowContract {
    private static final int MANY = 20;
    /** Fewer than open the circuit breaker of the client. */
    private static final int LOST = 5;

    private static final int PAGE = 40;
    private static final Duration LIFE = Duration.ofSeconds(15);

    private AirflowServer server;
    private AirflowClient early;
    private String token;

    @Override
    Place open() {
        RealServers.skipped(RealServers.Kind.AIRFLOW).ifPresent(why -> Assumptions.abort(why));
        server = AirflowServer.builder()
                .postgres()
                .fab()
                .env("AIRFLOW__API__MAXIMUM_PAGE_LIMIT", String.valueOf(PAGE))
                .env("AIRFLOW__API_AUTH__JWT_EXPIRATION_TIME", String.valueOf(LIFE.toSeconds()))
                .env("AIRFLOW__API_AUTH__JWT_LEEWAY", "0")
                .start();
        return RealAirflow.of(server);
    }

    @Override
    @AfterAll
    void leave() {
        if (place != null) {
            place.close();
            server.close();
        }
    }

    @Override
    List<Dag> dags() {
        return List.of(instant("keyed"), instant("dated"), instant("many", b -> b.startsPaused(true)));
    }

    @Override
    void start() {
        early = place.client().build();
        early.dags().get(id("keyed"));
        token = String.valueOf(
                airflow.raw() // is younger than that of the client
                        .post(
                                "/auth/token",
                                Map.of(
                                        "username",
                                        server.admin().name(),
                                        "password",
                                        server.admin().password()))
                        .get("access_token"));
    }

    /** Lets all begin at one moment, and returns what each was answered or refused with. */
    private static <T> List<T> atOnce(int count, IntFunction<T> what) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    start.await();
                    return what.apply(number);
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> one : all) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Order(1)
    @Proves("airflow.trigger-idempotent")
    void trigger_oneKeyInManyThreads_isOneRunAndEqualAnswers_evenWhenRepliesAreLost() throws Exception {
        assertThat(atOnce(MANY, i -> trigger("keyed", "one").id()))
                .hasSize(MANY)
                .containsOnly(id("keyed") + "/one");
        assertThat(runs("keyed", "one")).hasSize(1);

        place.faults().dropNextReply("POST dagRuns", LOST);
        assertThat(atOnce(MANY, i -> trigger("keyed", "lost").id()))
                .hasSize(MANY)
                .containsOnly(id("keyed") + "/lost");
        assertThat(airflow.runs().list(id("keyed")).stream())
                .extracting(DagRun::id)
                .containsExactlyInAnyOrder("one", "lost");
    }

    @Test
    @Order(2)
    @Proves("airflow.trigger-conflict")
    void trigger_oneDateByManyKeys_isOneRun_theOthersAreToldWhose() throws Exception {
        Instant date = Instant.parse("2025-01-05T03:00:00Z");
        List<String> answers = atOnce(MANY, i -> {
            try {
                return airflow.runs()
                        .trigger(id("dated"), t -> t.runId("key" + i).logicalDate(date))
                        .id()
                        .replaceAll(".*/", "");
            } catch (LogicalDateConflictException e) {
                return "taken by " + e.existing().id();
            }
        });

        List<String> won = answers.stream().filter(a -> !a.startsWith("taken")).toList();
        assertThat(won).hasSize(1);
        assertThat(answers.stream().filter(a -> a.startsWith("taken")))
                .hasSize(MANY - 1)
                .containsOnly("taken by " + won.get(0));
        assertThatThrownBy(() -> airflow.runs()
                        .trigger(id("dated"), t -> t.runId(won.get(0)).putConf("rows", 1)))
                .isInstanceOf(DagRunConflictException.class);
    }

    @Test
    @Order(3)
    @Proves("airflow.pages")
    void list_moreThanTheServerGivesAtOnce_isWhole() throws Exception {
        atOnce(10, i -> {
            for (int run = 0; run < 25; run++) {
                trigger("many", "run" + i + "-" + run);
            }
            return i;
        });
        Map<?, ?> clamped = airflow.raw().get("dags/" + id("many") + "/dagRuns", Map.of("limit", 1000));
        assertThat((List<?>) clamped.get("dag_runs"))
                .as("the server gives fewer than asked for, and does not say so")
                .hasSize(PAGE);
        place.forgetRequests();

        assertThat(airflow.runs().list(id("many")).stream().limit(1000).map(DagRun::id))
                .hasSize(250)
                .doesNotHaveDuplicates();

        assertThat(place.requests("GET dagRuns"))
                .hasSize(7)
                .allSatisfy(r -> assertThat(r.query("cursor")).isPresent());
        airflow.variables()
                .bulk(all -> IntStream.range(0, PAGE + 10)
                        .forEach(i -> all.create(VariableSpec.of("v" + i, String.valueOf(i)))));
        assertThat(airflow.variables().list().stream().map(Variable::key))
                .hasSize(PAGE + 10)
                .doesNotHaveDuplicates();
    }

    @Test
    @Order(4)
    @Proves({"airflow.login", "airflow.login.roles"})
    void login_usersOfFlaskAppBuilder_byTheirRoles_anExpiredTokenIsRenewedOnce() {
        AirflowClient viewer = place.viewer().build();
        assertThat(viewer.dags().get(id("keyed")).id()).isEqualTo(id("keyed"));
        assertThatThrownBy(() -> viewer.runs().trigger(id("keyed")))
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining("the user's role in Airflow does not allow it");
        AirflowClient stranger =
                place.client().endpoint(e -> e.basic("admin", "wr0ng-pass")).build();
        assertThatThrownBy(() -> stranger.dags().get(id("keyed")))
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining("airflow.password")
                .hasMessageNotContaining("wr0ng-pass");

        AirflowClient fixed = place.client()
                .endpoint(e -> e.credentials(CredentialsProvider.bearer(token)))
                .build();
        Eventually.holds("a token expires", LIFE.multipliedBy(4), () -> {
            try {
                fixed.dags().get(id("keyed"));
                return false;
            } catch (UnauthenticatedException e) {
                return true;
            }
        });
        place.forgetRequests();
        assertThat(early.dags().get(id("keyed")).id()).isEqualTo(id("keyed"));
        assertThat(early.dags().get(id("many")).id()).isEqualTo(id("many"));
        assertThat(place.requests("POST auth/token")).hasSize(1);
    }
}
