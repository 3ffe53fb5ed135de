package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.ApprovalTask;
import dev.fairlead.airflow.dag.BashTask;
import dev.fairlead.airflow.dag.BranchTask;
import dev.fairlead.airflow.dag.EmptyTask;
import dev.fairlead.airflow.dag.HttpTask;
import dev.fairlead.airflow.dag.JobTask;
import dev.fairlead.airflow.dag.LatestOnlyTask;
import dev.fairlead.airflow.dag.OperatorTask;
import dev.fairlead.airflow.dag.PapermillTask;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.ResourceTask;
import dev.fairlead.airflow.dag.SensorTask;
import dev.fairlead.airflow.dag.ShortCircuitTask;
import dev.fairlead.airflow.dag.SparkTask;
import dev.fairlead.airflow.dag.SqlTask;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.TriggerDagTask;
import java.util.List;

/** Every kind of task that we know, with how it is written. */
final class TaskKinds {
    private static final List<Entry<?>> ALL = List.of(
            new Entry<>(BashTask.class, new BashKind()),
            new Entry<>(PythonTask.class, new PythonKind()),
            new Entry<>(PodTask.class, new PodKind()),
            new Entry<>(EmptyTask.class, new EmptyKind()),
            new Entry<>(BranchTask.class, new BranchKind()),
            new Entry<>(ShortCircuitTask.class, new ShortCircuitKind()),
            new Entry<>(LatestOnlyTask.class, new LatestOnlyKind()),
            new Entry<>(TriggerDagTask.class, new TriggerDagKind()),
            new Entry<>(SensorTask.class, new SensorKind()),
            new Entry<>(HttpTask.class, new HttpKind()),
            new Entry<>(SqlTask.class, new SqlKind()),
            new Entry<>(PapermillTask.class, new PapermillKind()),
            new Entry<>(SparkTask.class, new SparkKind()),
            new Entry<>(JobTask.class, new JobKind()),
            new Entry<>(ResourceTask.class, new ResourceKind()),
            new Entry<>(ApprovalTask.class, new ApprovalKind()),
            new Entry<>(OperatorTask.class, new OperatorKind()));

    /** A kind with how it is written. */
    private record Entry<T extends Task>(Class<T> type, TaskKind<T> kind) {}

    /** Returns how a task is written. */
    @SuppressWarnings("unchecked") // the entry was found by the task's own type
    static TaskKind<Task> of(Task task) {
        return (TaskKind<Task>) ALL.stream()
                .filter(e -> e.type().isInstance(task))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no kind is registered for " + task))
                .kind();
    }

    private TaskKinds() {}
}
