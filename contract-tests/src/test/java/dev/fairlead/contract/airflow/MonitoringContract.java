package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.admin.AuditEvent;
import dev.fairlead.airflow.admin.Health;
import dev.fairlead.airflow.admin.Job;
import dev.fairlead.airflow.admin.Plugin;
import dev.fairlead.airflow.admin.PoolSpec;
import dev.fairlead.airflow.admin.Provider;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How a server is, what it has, and what was done to it, on either generation. */
abstract class MonitoringContract extends SurfaceContract {
    private final String dag = unique("watched");

    private boolean three() {
        return airflow.server().atLeast(3, 0);
    }

    @Override
    void prepare() {
        airflow.dags().deploy(Dag.builder(dag).empty("a").build()).await(PARSED);
    }

    @Test
    @Proves("airflow.health")
    void health_runningServer_isHealthyWithHeartbeats() {
        Health health = airflow.monitoring().untilHealthy().await(Duration.ofMinutes(1));

        assertThat(health.unhealthy()).isEmpty();
        assertThat(health.scheduler().lastHeartbeat().orElseThrow())
                .isAfter(Instant.now().minusSeconds(60));
        assertThat(health.triggerer().lastHeartbeat()).isPresent();
        assertThat(health.dagProcessor().lastHeartbeat().isPresent()).isEqualTo(three());
    }

    @Test
    @Proves("airflow.monitoring")
    void providersAndPlugins_areListed() {
        assertThat(airflow.monitoring().providers().stream())
                .extracting(Provider::packageName)
                .contains("apache-airflow-providers-common-sql");
        assertThat(airflow.monitoring().plugins().stream())
                .extracting(Plugin::name)
                .doesNotContain("nobody");
        if (three()) {
            assertThat(airflow.monitoring().pluginProblems()).isEmpty();
            assertThat(airflow.monitoring().jobs().stream())
                    .extracting(Job::type)
                    .contains("SchedulerJob");
        }
        assertThat(airflow.monitoring().warnings().stream())
                .noneMatch(w -> w.dagId().equals(dag));
    }

    @Test
    @Proves("airflow.monitoring")
    void config_notExposed_saysWhichSetting() {
        assertThatThrownBy(() -> airflow.monitoring().config())
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining("expose_config");
        assertThatThrownBy(() -> airflow.monitoring().config("core", "executor"))
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining(three() ? "[api] expose_config" : "[webserver] expose_config");
    }

    @Test
    @Proves("airflow.monitoring")
    void auditLog_tellsWhoDidWhat_latestFirst() {
        airflow.pools().create(PoolSpec.of(unique("noted"), 1));
        airflow.dags().pause(dag);
        airflow.dags().unpause(dag);

        assertThat(airflow.monitoring().auditLog().stream().limit(20))
                .anySatisfy(e -> assertThat(e.owner()).isEqualTo("admin"))
                .isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()));
        if (three()) {
            assertThat(airflow.monitoring().auditLog(q -> q.dagId(dag)).stream())
                    .extracting(AuditEvent::dagId)
                    .isNotEmpty()
                    .allMatch(id -> id.equals(java.util.Optional.of(dag)));
        }
        assertThat(airflow.monitoring().auditLog(q -> q.owner("nobody")).stream())
                .isEmpty();
        Instant now = Instant.now();
        assertThatThrownBy(() -> airflow.monitoring().auditLog(q -> q.after(now).before(now.minusSeconds(1))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be later than after");
    }

    @Test
    @Proves("airflow.monitoring")
    void runCounts_ofADag_areByState() {
        airflow.runs().trigger(dag, t -> t.runId("counted")).await(RUN);

        assertThat(airflow.monitoring().runCounts(dag).get(dag))
                .containsEntry(DagRunState.SUCCESS, 1)
                .containsEntry(DagRunState.FAILED, 0);
    }
}
