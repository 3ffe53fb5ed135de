package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.EmbeddedPlatform;
import dev.fairlead.testing.VirtualClock;
import dev.fairlead.testing.airflow.FakeAirflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many runs at once, on a clock on which waiting takes no time: so that the requests of an hour can be counted. */
@RanOn("fake")
class ManyRunsTest {
    private static final Duration LIMIT = Duration.ofHours(5);

    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedPlatform platform =
            EmbeddedPlatform.builder().clock(clock).start();
    private final FakeAirflow fake = platform.airflow();
    private final AirflowClient airflow = AirflowClient.create(platform.platform());

    @BeforeEach
    void deliver() {
        airflow.dags()
                .deploy(Dag.builder("many").maxActiveRuns(500).empty("a").build())
                .await(LIMIT);
        airflow.dags()
                .deploy(Dag.builder("paused").startsPaused(true).empty("a").build())
                .await(LIMIT);
    }

    @AfterEach
    void end() {
        platform.close();
    }

    private List<String> trigger(String dag, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = "run-" + i;
            ids.add(airflow.runs().trigger(dag, t -> t.runId(key)).id());
        }
        return ids;
    }

    @Test
    @Proves("airflow.wait-many")
    void completion_of200Runs_takesOneThreadAndTwoRequestsASecond() {
        fake.onTrigger("many").succeedAfter(Duration.ofMinutes(20));
        List<String> ids = trigger("many", 200);
        fake.forgetRequests();
        Instant start = clock.instant();

        List<CompletableFuture<DagRun>> ends = ids.stream()
                .map(id -> airflow.runs().operation(id).completion(LIMIT))
                .toList();
        long threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("fairlead-airflow-runs") || name.startsWith("fairlead-wait"))
                .count();

        assertThat(ends).allSatisfy(end -> assertThat(end.join().state()).isEqualTo(DagRunState.SUCCESS));
        assertThat(threads).isLessThanOrEqualTo(1);
        double seconds = Duration.between(start, clock.instant()).toSeconds();
        assertThat(fake.requests().size() / seconds).isLessThan(2);
        assertThat(fake.requests("POST dagRuns/list")).hasSizeGreaterThan(50);
        assertThat(fake.requests("GET dagRuns")).hasSizeLessThan(20);
    }

    @Test
    @Proves("airflow.pages")
    void list_250Runs_givesEachOnceWhateverTheServersPage() {
        trigger("paused", 250);

        assertThat(airflow.runs().list("paused").stream().map(DagRun::id))
                .hasSize(250)
                .doesNotHaveDuplicates();
        assertThat(fake.requests("GET dagRuns"))
                .as("by cursor")
                .last()
                .satisfies(r -> assertThat(r.query("cursor")).isPresent());
    }
}
