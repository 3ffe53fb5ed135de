package dev.fairlead.testing.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagImportException;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunFailedException;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.support.Proves;
import dev.fairlead.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Proves("testing.fake-airflow")
class FakeAirflowTest {
    private static final Duration LONG = Duration.ofHours(5);

    private final VirtualClock clock = new VirtualClock();
    private final FakeAirflow fake = FakeAirflow.builder().clock(clock).start();
    private final AirflowClient airflow = client();
    private final Dag dag = Dag.builder("flights")
            .retries(1, Duration.ofMinutes(10))
            .bash("extract", "true")
            .pod("train", p -> p.image("registry.local/train:1").putLabel("team", "ml"))
            .bash("register", "true")
            .chain("extract", "train", "register")
            .build();

    private AirflowClient client() {
        return AirflowClient.builder()
                .uri(fake.uri())
                .endpoint(e -> e.basic(FakeAirflow.USER, FakeAirflow.PASSWORD))
                .publisher(fake.publisher())
                .platform(this::onTheClock)
                .build();
    }

    private void onTheClock(MlPlatform.Builder platform) {
        PlatformHooks.of(platform).clock(clock).sleeper(clock::sleep);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private DagRun run(String id) {
        airflow.dags().deploy(dag).await(LONG);
        return airflow.runs().trigger("flights", r -> r.runId(id)).await(LONG);
    }

    @Test
    void anHourOfTraining_onTheVirtualClock_isOverAtOnce() {
        fake.onTrigger("flights").taskTakes("train", Duration.ofHours(1));

        DagRun run = run("first");

        Duration took =
                Duration.between(run.startedAt().orElseThrow(), run.endedAt().orElseThrow());
        assertThat(took).isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
    }

    @Test
    void succeedAfter_isAboutTheWholeRun() {
        fake.onTrigger("flights").succeedAfter(Duration.ofMinutes(30));

        DagRun run = run("first");

        assertThat(Duration.between(run.startedAt().orElseThrow(), run.endedAt().orElseThrow()))
                .isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void failTask_forOneTry_isTriedAgainAfterItsPause() {
        fake.onTrigger("flights").failTask("train", "out of memory", 1);

        DagRun run = run("first");

        List<TaskInstance> tries = airflow.runs().tries("flights", "first", "train");
        assertThat(tries).extracting(t -> t.state().value()).containsExactly("failed", "success");
        assertThat(Duration.between(
                        tries.get(0).endedAt().orElseThrow(),
                        tries.get(1).startedAt().orElseThrow()))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(run.state().value()).isEqualTo("success");
    }

    @Test
    void failTask_always_failsTheRunWithItsLog() {
        fake.onTrigger("flights").failTask("train", "epoch 1\nout of memory");

        DagRunFailedException failure = catchThrowableOfType(DagRunFailedException.class, () -> run("first"));

        assertThat(failure).hasMessageContaining("task 'train' failed on try 2 of 2: AirflowException: out of memory");
        assertThat(failure.logExcerpt()).contains("epoch 1");
    }

    @Test
    void onTask_playsTheTasksOfAKind_andMayAnswerLater() {
        List<RunningTask> started = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        fake.onTask(PodTask.class, task -> {
            started.add(task);
            return TaskOutcome.when(() -> asked.incrementAndGet() < 3
                    ? Optional.empty()
                    : Optional.of(TaskOutcome.success().output(List.of(1, 2))));
        });

        run("first");

        assertThat(started).singleElement().satisfies(task -> {
            assertThat(task.pod().toString()).contains("registry.local/train:1").contains("team=ml");
            assertThat(task.podLabels()).containsEntry("dag_id", "flights").containsEntry("task_id", "train");
        });
        assertThat(airflow.runs().output("flights", "first", "train").map(Object::toString))
                .contains("[1, 2]");
    }

    @Test
    void onTask_ofAllKinds_isRefused() {
        assertThatThrownBy(() -> fake.onTask(Task.class, t -> TaskOutcome.success()))
                .hasMessageContaining("name one kind of task");
    }

    @Test
    void failImport_isToldWithTheTask_andMendedByScript() {
        fake.onTrigger("flights").failImport("train", "ValueError: boom");
        assertThatThrownBy(() -> airflow.dags().deploy(dag).await(Duration.ofMinutes(1)))
                .isInstanceOf(DagImportException.class)
                .hasMessageContaining("task 'train', built at FakeAirflowTest.java:")
                .hasMessageContaining("ValueError: boom");

        fake.onTrigger("flights").mendImport();

        assertThat(airflow.dags().deploy(dag).await(LONG).version()).hasValue(1);
    }

    @Test
    @Proves("airflow.login.renewed")
    void forgetTokens_likeARestart_costsOneLogin() {
        run("first");
        fake.forgetRequests();
        fake.forgetTokens();

        airflow.dags().get("flights");

        assertThat(fake.requests("POST auth/token")).hasSize(1);
    }

    @Test
    void location_opensThePublisher_fromTheSettings() {
        DagPublisher publisher =
                DagPublisher.open(MlPlatform.builder().withoutKubernetes().build(), fake.dagsLocation());

        assertThat(publisher.location()).isEqualTo(fake.dagsLocation());
        assertThat(publisher.current("flights")).isEmpty();
        airflow.dags().deploy(dag).await(LONG);
        assertThat(publisher.current("flights")).isPresent();
    }

    @Test
    void maxActiveRuns_letsOthersWait() {
        fake.onTrigger("flights").taskTakes("train", Duration.ofHours(1));
        airflow.dags().deploy(dag.with(d -> d.maxActiveRuns(1))).await(LONG);
        airflow.runs().trigger("flights", r -> r.runId("one"));
        airflow.runs().trigger("flights", r -> r.runId("two"));

        assertThat(airflow.runs().get("flights", "two").state().value()).isEqualTo("queued");
        DagRun two = airflow.runs().operation("flights", "two").await(LONG);
        assertThat(two.startedAt().orElseThrow())
                .isEqualTo(airflow.runs().get("flights", "one").endedAt().orElseThrow());
    }
}
