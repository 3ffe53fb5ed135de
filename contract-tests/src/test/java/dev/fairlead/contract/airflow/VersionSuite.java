package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunConflictException;
import dev.fairlead.airflow.DagRunFailedException;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.XComKey;
import dev.fairlead.airflow.admin.Applied.Outcome;
import dev.fairlead.airflow.admin.ConnectionSpec;
import dev.fairlead.airflow.admin.PoolSpec;
import dev.fairlead.airflow.admin.VariableSpec;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.support.Proves;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an Airflow 3 of any version does: work is delivered, run once for its key, read and run again; what it is too old for is said. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VersionSuite extends AirflowContract {
    private AirflowServer server;
    private Operation<DagRun> good;
    private Operation<DagRun> mending;

    abstract String version();

    @Override
    Place open() {
        RealServers.skipped(RealServers.Kind.AIRFLOW).ifPresent(why -> Assumptions.abort(why));
        server = AirflowServer.builder().version(version()).start();
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
        return List.of(
                goodDag(),
                instant("keyed"),
                Dag.builder(id("mending"))
                        .bash("load", t -> t.command(Template.of("test {{ ti.try_number }} -gt 1")))
                        .empty("train")
                        .addEdge("load", "train")
                        .build());
    }

    @Override
    void start() {
        good = trigger("good", "first");
        mending = trigger("mending", "first");
    }

    @Test
    @Proves("airflow.versions")
    void run_isOneForItsKey_waitedForByStreamWhereThereIsOne_andRead() {
        assertThat(airflow.server().version()).isEqualTo(version());
        assertThat(version()).startsWith(airflow.server().dialect().version());
        assertThat(deliveries.get(id("good")).await(PARSED).version()).hasValue(1);

        Operation<DagRun> again = trigger("good", "first");
        DagRun run = good.await(RUN);

        assertThat(run.state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(again.id()).isEqualTo(good.id());
        assertThat(again.await(RUN).id()).isEqualTo("first");
        assertThat(runs("good", "first")).hasSize(1);
        place.forgetRequests();
        assertThat(trigger("keyed", "first").await(RUN).state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(place.requests("GET wait").isEmpty())
                .as("asked for a stream only where there is one")
                .isEqualTo(!airflow.server().atLeast(3, 1));
        assertThat(airflow.runs().output(id("good"), "first", "train")).hasValue(Map.of("rows", 5));
        assertThat(airflow.runs().logs(id("good"), "first", "extract"))
                .singleElement()
                .satisfies(log -> assertThat(log.text()).contains("extracted"));
        assertThatThrownBy(() ->
                        airflow.runs().trigger(id("good"), t -> t.runId("first").putConf("rows", 7)))
                .isInstanceOf(DagRunConflictException.class);
    }

    @Test
    @Proves("airflow.versions")
    void retryFailed_runsWhatFailedAgain() {
        assertThatThrownBy(() -> mending.await(RUN))
                .isInstanceOf(DagRunFailedException.class)
                .hasMessageContaining("task 'load' failed on try 1");
        assertThat(airflow.runs().preview(id("mending"), "first", c -> c.onlyFailed(true)))
                .extracting(TaskInstance::taskId)
                .containsExactlyInAnyOrder("load", "train");

        assertThat(airflow.runs().retryFailed(id("mending"), "first").await(RUN).state())
                .isEqualTo(DagRunState.SUCCESS);

        assertThat(airflow.runs().tries(id("mending"), "first", "load"))
                .extracting(TaskInstance::tryNumber)
                .containsExactly(1, 2);
        assertThat(airflow.runs().logs(id("mending"), "first", "load")).hasSize(2);
    }

    @Test
    @Proves("airflow.versions")
    void poolsVariablesAndConnections_areWrittenOnce() {
        PoolSpec pool = PoolSpec.builder("gpu").slots(4).description("for GPUs").build();
        VariableSpec variable =
                VariableSpec.builder("rows").json(Map.of("rows", 5)).build();
        ConnectionSpec connection =
                ConnectionSpec.builder("store", "http").host("127.0.0.1").build();
        assertThat(airflow.pools().apply(pool).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(airflow.variables().apply(variable).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(airflow.connections().apply(connection).outcome()).isEqualTo(Outcome.CREATED);

        assertThat(airflow.pools().apply(pool).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(airflow.variables().apply(variable).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(airflow.connections().apply(connection).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(airflow.pools().apply("gpu", 5).changed()).containsExactly("slots");
        assertThat(airflow.pools().get("gpu").description()).isEqualTo("for GPUs");
        assertThatThrownBy(() -> place.viewer().build().pools().apply("gpu", 6))
                .isInstanceOf(PermissionException.class);
    }

    @Test
    @Proves("airflow.versions")
    void feature_newerThanTheServer_isRefusedBeforeAnyRequest() {
        good.await(RUN);
        XComKey output = XComKey.of(id("good"), "first", "extract", "return_value");
        assertThat(airflow.catalog().tags().stream()).contains("contract");

        since(3, 1, () -> assertThat(airflow.approvals().pending().stream()).isEmpty());
        since(3, 1, () -> assertThat(airflow.catalog().favorite(id("good"))).isTrue());
        since(3, 1, () -> assertThat(airflow.catalog().favorites().stream()).containsExactly(id("good")));
        since(3, 1, () -> assertThat(airflow.monitoring().pluginProblems()).isEmpty());
        since(3, 2, () -> assertThat(airflow.xcoms().delete(output)).isTrue());
    }

    private void since(int major, int minor, ThrowingCallable use) {
        if (airflow.server().atLeast(major, minor)) {
            assertThatCode(use).doesNotThrowAnyException();
            return;
        }
        place.forgetRequests();
        assertThatThrownBy(use)
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContaining("this is Airflow " + version())
                .hasMessageContaining("Airflow " + major + "." + minor + " or newer has it");
        assertThat(place.requests("*")).isEmpty();
    }
}
