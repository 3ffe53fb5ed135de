package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AssetEvent;
import dev.fairlead.airflow.AssetInfo;
import dev.fairlead.airflow.AssetTask;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.QueuedAssetEvent;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.support.Proves;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Assets, and the datasets of Airflow 2. */
abstract class AssetsContract extends SurfaceContract {
    private static final String FILE = """
            import datetime
            try:
                from airflow.sdk import DAG, Asset
                from airflow.providers.standard.operators.empty import EmptyOperator
            except ImportError:
                from airflow import DAG
                from airflow.datasets import Dataset as Asset
                from airflow.operators.empty import EmptyOperator
            asset = Asset("%1$s")
            other = Asset("%1$s/other")
            start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
            with DAG("%2$s", schedule=None, start_date=start, catchup=False):
                EmptyOperator(task_id="make", outlets=[asset])
            with DAG("%3$s", schedule=[asset], start_date=start, catchup=False):
                EmptyOperator(task_id="use", inlets=[asset])
            with DAG("%4$s", schedule=[asset, other], start_date=start, catchup=False):
                EmptyOperator(task_id="use")
            """;

    private final String base = unique("assets");
    private final String uri = "s3://" + base.replace('_', '-') + "/flights_2026";
    private final String producer = base + "_producer";
    private final String consumer = base + "_consumer";
    private final String waiting = base + "_waiting";
    private AssetInfo asset;

    private boolean three() {
        return airflow.server().atLeast(3, 0);
    }

    @Override
    void prepare() throws Exception {
        place.publish(
                base,
                FILE.formatted(uri, producer, consumer, waiting),
                List.of(
                        Dag.builder(producer).empty("make").build(),
                        Dag.builder(consumer).empty("use").build()));
        awaitParsed(producer, consumer);
        place.asset(uri, uri, producer, consumer);
        asset = airflow.assets().get(uri);
    }

    @Test
    @Proves("airflow.assets")
    void find_byUriAndName_tellsWhoMakesAndUsesIt() {
        assertThat(asset.uri()).isEqualTo(uri);
        assertThat(asset.name()).isEqualTo(uri);
        assertThat(asset.producingTasks()).containsExactly(new AssetTask(producer, "make"));
        assertThat(asset.scheduledDags()).contains(consumer);
        assertThat(airflow.assets().findByName(uri).map(AssetInfo::id)).hasValue(asset.id());
        assertThat(airflow.assets().find(uri.substring(0, uri.length() - 1))).isEmpty();
        assertThatThrownBy(() -> airflow.assets().get("s3://nobody/nothing"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no DAG names an asset of the URI s3://nobody/nothing");
        assertThat(airflow.assets().list().stream()).extracting(AssetInfo::uri).contains(uri);
        if (three()) {
            assertThat(airflow.assets().aliases().stream())
                    .noneMatch(a -> a.name().equals("nobody"));
        }
    }

    @Test
    @Proves("airflow.assets")
    void post_event_startsTheConsumer() throws Exception {
        AssetEvent event = airflow.assets().post(asset, e -> e.putExtra("rows", 5));

        assertThat(event.uri()).isEqualTo(uri);
        assertThat(event.extra()).containsEntry("rows", 5);
        DagRun run = triggered();
        assertThat(run.type()).isEqualTo(three() ? "asset_triggered" : "dataset_triggered");
        assertThat(airflow.runs().operation(run.operationId()).await(RUN).state())
                .isEqualTo(DagRunState.SUCCESS);
        assertThat(airflow.assets().upstreamEvents(consumer, run.id()))
                .anySatisfy(e -> assertThat(e.extra()).containsEntry("rows", 5));
        begun();
        assertThat(airflow.assets().events(asset).stream())
                .isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()))
                .anySatisfy(e -> assertThat(e.extra()).containsEntry("rows", 5));
        assertThat(airflow.assets().eventsOf(consumer, run.id()).stream()).isEmpty();
    }

    /** Airflow 3.3 cannot tell of an event while a run that it started has not begun: it answers with 500. */
    private List<DagRun> begun() {
        return Eventually.get(
                "runs of " + consumer + " begin",
                RUN,
                () -> Optional.of(airflow.runs().list(consumer).stream().toList())
                        .filter(runs ->
                                runs.stream().allMatch(r -> r.startedAt().isPresent())));
    }

    private DagRun triggered() {
        return Eventually.get(
                "a run of " + consumer,
                RUN,
                () -> begun().stream()
                        .filter(run -> airflow.assets().upstreamEvents(consumer, run.id()).stream()
                                .anyMatch(e -> e.extra().containsKey("rows")))
                        .findFirst());
    }

    @Test
    @Proves("airflow.assets")
    void queued_eventsThatWait_areListedAndForgotten() throws Exception {
        // one of two assets was updated: it waits for the other
        if (place instanceof SurfaceFake) {
            airflow.dags().pause(consumer);
        } else {
            awaitParsed(waiting);
        }
        String dag = place instanceof SurfaceFake ? consumer : waiting;
        airflow.assets().post(asset);

        assertThat(airflow.assets().queuedFor(dag))
                .extracting(QueuedAssetEvent::dagId)
                .containsExactly(dag);
        assertThat(airflow.assets().queued(asset))
                .extracting(QueuedAssetEvent::dagId)
                .contains(dag);
        assertThat(airflow.assets().forgetQueuedFor(dag)).isTrue();
        assertThat(airflow.assets().forgetQueuedFor(dag)).isFalse();
        assertThat(airflow.assets().queuedFor(dag)).isEmpty();
        airflow.assets().post(asset);
        assertThat(airflow.assets().forgetQueued(asset)).isTrue();
        airflow.dags().unpause(consumer);
    }

    @Test
    @Proves("airflow.assets")
    void materialize_startsTheProducer_onceForAKey() throws Exception {
        if (!three()) {
            place.forgetRequests();
            assertThatThrownBy(() -> airflow.assets().materialize(asset))
                    .isInstanceOf(UnsupportedByServerException.class);
            assertThat(place.requests("materialize")).isEmpty();
            return;
        }
        airflow.dags().pause(consumer); // the event shall start no run
        begun();
        place.faults().dropNextReply("POST materialize", 1);
        Operation<DagRun> first =
                airflow.assets().materialize(asset, r -> r.runId("made").putConf("day", 5));
        Operation<DagRun> second =
                airflow.assets().materialize(asset, r -> r.runId("made").putConf("day", 5));

        assertThat(second.id()).isEqualTo(first.id()).isEqualTo(producer + "/made");
        DagRun run = first.await(RUN);
        assertThat(run.conf()).isEqualTo(Map.of("day", 5));
        assertThat(run.type()).isEqualTo("asset_materialization");
        if (!(place instanceof SurfaceFake)) {
            assertThat(airflow.assets().eventsOf(producer, "made").stream())
                    .singleElement()
                    .satisfies(e -> assertThat(e.source()).hasValue(producer + "/made"));
        }
        airflow.dags().unpause(consumer);
    }
}
