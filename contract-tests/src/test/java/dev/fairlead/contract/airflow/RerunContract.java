package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fairlead.Operation;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunFailedException;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.support.Proves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How what has run is run again, marked and noted on. */
abstract class RerunContract extends AirflowContract {
    private Operation<DagRun> retried;
    private Operation<DagRun> marked;

    @Override
    List<Dag> dags() {
        return List.of(
                Dag.builder(id("mending"))
                        .bash("load", t -> t.command(Template.of("test {{ ti.try_number }} -gt 1")))
                        .empty("train")
                        .empty("report")
                        .empty("other")
                        .chain("load", "train", "report")
                        .build(),
                Dag.builder(id("endless")).bash("sleep", "sleep 120").build());
    }

    @Override
    void script() {
        place.failTask(id("mending"), "load", "exit code 1", 1);
        place.slowTask(id("endless"), "sleep");
    }

    @Override
    void start() {
        retried = trigger("mending", "retried");
        marked = trigger("mending", "marked");
    }

    private Map<String, TaskState> states(String runId) {
        return airflow.runs().tasks(id("mending"), runId).stream()
                .collect(java.util.stream.Collectors.toMap(TaskInstance::taskId, TaskInstance::state));
    }

    @Test
    @Proves({"airflow.retry-failed", "airflow.clear-preview"})
    void retryFailed_afterAPreviewThatChangesNothing_runsOnlyWhatFailed() {
        assertThatThrownBy(() -> retried.await(RUN)).isInstanceOf(DagRunFailedException.class);
        Map<String, TaskState> before = states("retried");

        assertThat(airflow.runs().preview(id("mending"), "retried", c -> c.onlyFailed(true)))
                .extracting(TaskInstance::taskId, TaskInstance::state)
                .containsExactlyInAnyOrder(
                        tuple("load", TaskState.FAILED),
                        tuple("train", TaskState.UPSTREAM_FAILED),
                        tuple("report", TaskState.UPSTREAM_FAILED));
        assertThat(airflow.runs()
                        .preview(
                                id("mending"),
                                "retried",
                                c -> c.addTaskIds("train").downstream(true)))
                .extracting(TaskInstance::taskId)
                .containsExactlyInAnyOrder("train", "report");
        assertThat(airflow.runs()
                        .preview(
                                id("mending"),
                                "retried",
                                c -> c.addTaskIds("train").upstream(true)))
                .extracting(TaskInstance::taskId)
                .containsExactlyInAnyOrder("train", "load");
        assertThat(airflow.runs().preview(id("mending"), "retried", c -> {}))
                .extracting(TaskInstance::taskId)
                .containsExactlyInAnyOrder("load", "train", "report", "other");
        assertThat(states("retried")).isEqualTo(before);
        assertThat(airflow.runs().get(id("mending"), "retried").state()).isEqualTo(DagRunState.FAILED);

        DagRun run = airflow.runs().retryFailed(id("mending"), "retried").await(RUN);

        assertThat(run.state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(states("retried").values()).containsOnly(TaskState.SUCCESS);
        assertThat(airflow.runs().tries(id("mending"), "retried", "load"))
                .extracting(TaskInstance::tryNumber, TaskInstance::state)
                .containsExactly(tuple(1, TaskState.FAILED), tuple(2, TaskState.SUCCESS));
        assertThat(airflow.runs().tries(id("mending"), "retried", "other")).hasSize(1);
    }

    @Test
    @Proves("airflow.mark")
    void markTask_failedOne_letsTheRunGoOnWithoutIt() {
        assertThatThrownBy(() -> marked.await(RUN)).isInstanceOf(DagRunFailedException.class);

        TaskInstance task = airflow.runs().markTask(id("mending"), "marked", "load", TaskState.SUCCESS);
        DagRun run = airflow.runs().operation(id("mending"), "marked").await(RUN);

        assertThat(task.state()).isEqualTo(TaskState.SUCCESS);
        assertThat(run.state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(airflow.runs().tries(id("mending"), "marked", "load")).hasSize(1);
        assertThat(airflow.runs()
                        .markTask(id("mending"), "marked", "report", TaskState.SKIPPED)
                        .state())
                .isEqualTo(TaskState.SKIPPED);
        assertThatThrownBy(() -> airflow.runs().markTask(id("mending"), "marked", "load", TaskState.RUNNING))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be success, failed or skipped, was 'running'");
    }

    @Test
    @Proves("airflow.mark")
    void mark_runThatIsNotOver_endsIt() {
        Operation<DagRun> endless = trigger("endless", unique("marked"));
        String runId = endless.id().substring(endless.id().indexOf('/') + 1);

        assertThat(airflow.runs()
                        .mark(id("endless"), runId, DagRunState.SUCCESS)
                        .state())
                .isEqualTo(DagRunState.SUCCESS);

        assertThat(endless.await(RUN).endedAt()).isPresent();
        assertThatThrownBy(() -> airflow.runs().mark(id("endless"), runId, DagRunState.RUNNING))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be success, failed or queued");
    }

    @Test
    @Proves("airflow.cancel")
    void cancel_runningRun_failsItAndItsTasks() {
        Operation<DagRun> endless = trigger("endless", unique("cancel"));

        endless.cancel();

        assertThatThrownBy(() -> endless.await(RUN)).isInstanceOf(DagRunFailedException.class);
    }

    @Test
    @Proves("airflow.note")
    void note_onARunAndATask_isReadBack() {
        String key = unique("noted");
        trigger("mending", key);

        assertThat(airflow.runs().note(id("mending"), key, "looks odd").note()).hasValue("looks odd");
        assertThat(airflow.runs().note(id("mending"), key, "is fine").note()).hasValue("is fine");
        assertThat(airflow.runs().noteTask(id("mending"), key, "train", "slow").note())
                .hasValue("slow");
        assertThatThrownBy(() -> airflow.runs().note(id("mending"), key, "x".repeat(1001)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at most 1000 characters");
        airflow.runs().cancel(id("mending"), key);
    }

    @Test
    @Proves("airflow.errors")
    void clear_whatIsNotThere_saysSo() {
        assertThatThrownBy(() -> airflow.runs().retryFailed(id("mending"), "nowhere"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> airflow.runs().clear(id("mending"), "retried", c -> c.downstream(true)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must name the tasks whose upstream or downstream is meant");
        if (!airflow.server().atLeast(3, 0)) {
            place.forgetRequests();
            assertThatThrownBy(() ->
                            airflow.runs().clear(id("mending"), "retried", c -> c.putMapped("train", List.of(1))))
                    .isInstanceOf(UnsupportedByServerException.class)
                    .hasMessageContaining("Airflow 3.0 or newer has it");
            assertThat(place.requests("POST clearTaskInstances")).isEmpty();
        }
    }
}
