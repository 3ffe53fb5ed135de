package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.PreflightFinding;
import dev.fairlead.airflow.PreflightFinding.Severity;
import dev.fairlead.airflow.PreflightReport;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server lacks is told before a DAG is delivered, on either generation. */
abstract class PreflightContract extends SurfaceContract {
    @Test
    @Proves("airflow.preflight")
    void preflight_missingPoolConnectionAndQueue_areNamedWithTheirRemedy() {
        String pool = unique("nowhere");
        String connection = unique("cluster");
        Dag dag = Dag.builder(unique("wants"))
                .bash("load", b -> b.command("true").pool(pool).queue("gpu"))
                .pod("train", p -> p.image("busybox").connection(connection).pool(pool))
                .build();
        place.forgetRequests();

        PreflightReport report = airflow.preflight(dag);

        assertThat(writes("api")).isZero();
        assertThat(report.ok()).isFalse();
        assertThat(report.errors())
                .filteredOn(f -> f.place().endsWith(".pool"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.place()).isEqualTo("tasks[load], tasks[train].pool");
                    assertThat(f.value()).isEqualTo(pool);
                    assertThat(f.remedy()).contains("pools().apply(\"" + pool + "\"");
                });
        assertThat(report.findings())
                .anySatisfy(f -> {
                    assertThat(f.severity()).isEqualTo(Severity.WARNING);
                    assertThat(f.place()).isEqualTo("tasks[train].connection");
                    assertThat(f.value()).isEqualTo(connection);
                })
                .anySatisfy(f -> assertThat(f.place()).isEqualTo("tasks[load].queue"));
        assertThatThrownBy(report::orThrow)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("tasks[load], tasks[train].pool must name a pool of the server")
                .hasMessageContaining(pool);

        airflow.pools().apply(pool, 1);
        assertThat(airflow.preflight(dag).findings()).noneMatch(f -> f.place().endsWith(".pool"));
        airflow.pools().apply(pool, 0);
        assertThat(airflow.preflight(dag).findings())
                .anySatisfy(f -> assertThat(f.rule()).isEqualTo("names a pool without slots"));
    }

    @Test
    @Proves("airflow.preflight")
    void preflight_idOfAnothersFile_isAnError() throws Exception {
        String base = unique("theirs");
        String id = base + "_dag";
        Dag dag = Dag.builder(id).empty("a").build();
        assertThat(airflow.preflight(dag).findings()).isEmpty();
        place.publish(base, """
                import datetime
                from airflow import DAG
                with DAG("%s", schedule=None, start_date=datetime.datetime(2026, 1, 1), catchup=False):
                    pass
                """.formatted(id), List.of(dag));
        awaitParsed(id);

        List<PreflightFinding> findings = airflow.preflight(dag).findings();

        if (place instanceof SurfaceFake) {
            assertThat(findings).isEmpty(); // its publisher takes our files only
            return;
        }
        assertThat(findings).singleElement().satisfies(f -> {
            assertThat(f.place()).isEqualTo("id");
            assertThat(f.rule()).isEqualTo("must not be that of a DAG which another file brings");
            assertThat(f.value()).contains(base + ".py");
        });
    }

    @Test
    @Proves("airflow.preflight")
    void preflight_viewer_isToldWhatHeMayNotSee() {
        Dag dag = Dag.builder(unique("seen"))
                .bash("load", b -> b.command("true").pool("default_pool"))
                .build();

        PreflightReport report = place.viewer().build().preflight(dag);

        assertThat(report.ok()).isTrue();
        assertThat(report.findings()).allSatisfy(f -> assertThat(f.rule()).contains("could not be checked for"));
    }
}
