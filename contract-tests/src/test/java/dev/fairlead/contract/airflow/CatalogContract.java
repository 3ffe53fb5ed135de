package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.DagTask;
import dev.fairlead.airflow.XCom;
import dev.fairlead.airflow.XComKey;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the server understood a DAG, and the outputs of its tasks, on either generation. */
abstract class CatalogContract extends SurfaceContract {
    private final String id = unique("catalog");

    private boolean three() {
        return airflow.server().atLeast(3, 0);
    }

    private Dag dag() {
        return Dag.builder(id)
                .addTags("surface")
                .bash("load", b -> b.command("echo 5").retries(2, Duration.ofSeconds(7)))
                .empty("left")
                .empty("right")
                .addEdge("load", "right")
                .addEdge("load", "left")
                .build();
    }

    @Override
    void prepare() {
        airflow.dags().deploy(dag()).await(PARSED);
        airflow.runs().trigger(id, t -> t.runId("first")).await(RUN);
    }

    @Test
    @Proves("airflow.catalog")
    void tasks_ofADag_areTheGraphThatWasBuilt() {
        List<DagTask> tasks = airflow.catalog().tasks(id);

        assertThat(tasks).extracting(DagTask::id).containsExactly("left", "load", "right");
        DagTask load = tasks.get(1);
        assertThat(load.downstream()).containsExactly("left", "right");
        assertThat(load.operator()).isEqualTo("BashOperator");
        assertThat(load.retries()).isEqualTo(2);
        assertThat(load.retryDelay()).isEqualTo(Duration.ofSeconds(7));
        assertThat(load.pool()).isEqualTo("default_pool");
        assertThat(load.triggerRule()).isEqualTo("all_success");
        assertThat(load.executionTimeout()).isEmpty();
        assertThat(airflow.catalog().task(id, "load")).isEqualTo(load);
        assertThatThrownBy(() -> airflow.catalog().task(id, "nobody")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> airflow.catalog().tasks(id + "x")).isInstanceOf(NotFoundException.class);
    }

    @Test
    @Proves("airflow.catalog")
    void versions_ofADag_haveTheirSource() {
        if (!three()) {
            assertThatThrownBy(() -> airflow.dags().versions(id))
                    .isInstanceOf(UnsupportedByServerException.class)
                    .hasMessageContaining("2.11.2");
            return;
        }
        assertThat(airflow.dags().versions(id).stream())
                .singleElement()
                .satisfies(v -> assertThat(v.bundle()).isEqualTo("dags-folder"));
        assertThat(airflow.dags().source(id, 1))
                .isEqualTo(dag().render(airflow.server().dialect()).source());
        assertThatThrownBy(() -> airflow.dags().source(id, 99)).isInstanceOf(NotFoundException.class);
        assertThat(airflow.catalog().tags().stream()).contains("surface");
    }

    @Test
    @Proves("airflow.catalog")
    void favorite_twice_tellsWhetherItWasOne() {
        if (!three()) {
            return;
        }
        assertThat(airflow.catalog().favorite(id)).isTrue();
        assertThat(airflow.catalog().favorite(id)).isFalse();
        assertThat(airflow.catalog().favorites().stream()).contains(id);
        assertThat(airflow.catalog().unfavorite(id)).isTrue();
        assertThat(airflow.catalog().unfavorite(id)).isFalse();
        assertThat(airflow.catalog().favorites().stream()).doesNotContain(id);
    }

    @Test
    @Proves("airflow.catalog")
    void taskOfARun_linksLogsAndBlockers() {
        assertThat(airflow.catalog().links(id, "first", "load")).isEmpty();
        assertThat(airflow.catalog().blockers(id, "first", "load")).isEmpty();
        if (three()) {
            assertThat(airflow.catalog().externalLog(id, "first", "load", 1)).isEmpty();
        }
    }

    @Test
    @Proves("airflow.xcoms")
    void xcom_setReadListDelete() {
        XComKey key = XComKey.of(id, "first", "left", "rows");
        if (!three()) {
            assertThat(airflow.xcoms().find(key)).isEmpty();
            place.forgetRequests();
            assertThatThrownBy(() -> airflow.xcoms().set(key, 5)).isInstanceOf(UnsupportedByServerException.class);
            assertThatThrownBy(() -> airflow.xcoms().delete(key)).isInstanceOf(UnsupportedByServerException.class);
            assertThat(place.requests("xcomEntries")).isEmpty();
            return;
        }
        assertThat(airflow.xcoms().find(key)).isEmpty();
        airflow.xcoms().set(key, Map.of("count", 5, "names", List.of("a", "b")));
        assertThat(airflow.xcoms().find(key)).hasValue(Map.of("count", 5, "names", List.of("a", "b")));
        place.faults().dropNextReply("PATCH rows", 1);
        airflow.xcoms().set(key, 7);
        assertThat(airflow.xcoms().find(key)).hasValue(7);
        assertThat(airflow.xcoms().list(id, "first").stream())
                .extracting(XCom::key)
                .contains(key);
        assertThat(airflow.xcoms().list(id, "first", "left").stream())
                .extracting(XCom::key)
                .containsExactly(key);
        assertThat(airflow.xcoms().delete(key)).isTrue();
        assertThat(airflow.xcoms().delete(key)).isFalse();
        assertThat(airflow.xcoms().list(id, "first", "left").stream()).isEmpty();
    }

    @Test
    @Proves("airflow.xcoms")
    void xcom_whatATaskReturned_isListedAndRead() {
        XComKey key = XComKey.of(id, "first", "load", XComKey.RETURN_VALUE);
        if (airflow.xcoms().find(key).isPresent()) {
            assertThat(airflow.xcoms().find(key)).hasValue("5");
            assertThat(airflow.xcoms().list(id, "first", "load").stream())
                    .extracting(XCom::key)
                    .containsExactly(key);
        }
    }
}
