package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.TaskState;
import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Waits for a run of another DAG, or for tasks in it; {@link Until#dag} makes one.
 *
 * @param dagId the DAG
 * @param taskIds the tasks; empty means the whole run
 * @param group the group of tasks; empty means none
 * @param earlier by how much its logical date is earlier than that of this run; zero means the same
 * @param logicalDate code that makes its logical date, or a list of them, of {@code logical_date}; empty means none
 * @param allowed the states waited for; empty means success
 * @param failed the states that fail this task; empty means none
 * @param skipped the states that skip this task; empty means none
 * @param checksExistence whether this task fails at once where there is no such DAG or task
 */
public record ExternalTask(
        Expression dagId,
        List<Expression> taskIds,
        String group,
        Duration earlier,
        TrustedPython logicalDate,
        List<TaskState> allowed,
        List<TaskState> failed,
        List<TaskState> skipped,
        boolean checksExistence)
        implements Until {
    /** Copies the lists. */
    public ExternalTask {
        taskIds = List.copyOf(taskIds);
        allowed = List.copyOf(allowed);
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
    }

    /** Waits for these tasks. */
    public ExternalTask tasks(String... ids) {
        List<Expression> tasks = new ArrayList<>();
        List.of(ids).forEach(id -> tasks.add(new Text(id)));
        return new ExternalTask(dagId, tasks, group, earlier, logicalDate, allowed, failed, skipped, checksExistence);
    }

    /** Waits for all tasks of a group. */
    public ExternalTask group(String id) {
        return new ExternalTask(dagId, taskIds, id, earlier, logicalDate, allowed, failed, skipped, checksExistence);
    }

    /** Waits for the run whose logical date is so much earlier. */
    public ExternalTask earlier(Duration by) {
        return new ExternalTask(dagId, taskIds, group, by, logicalDate, allowed, failed, skipped, checksExistence);
    }

    /** Waits for the run whose logical date code makes of {@code logical_date}; see {@link TrustedPython}. */
    public ExternalTask logicalDate(String body) {
        return new ExternalTask(
                dagId, taskIds, group, earlier, TrustedPython.of(body), allowed, failed, skipped, checksExistence);
    }

    /** Waits for these states. */
    public ExternalTask allowed(TaskState... states) {
        return new ExternalTask(
                dagId, taskIds, group, earlier, logicalDate, List.of(states), failed, skipped, checksExistence);
    }

    /** Fails when it is in one of these states. */
    public ExternalTask failed(TaskState... states) {
        return new ExternalTask(
                dagId, taskIds, group, earlier, logicalDate, allowed, List.of(states), skipped, checksExistence);
    }

    /** Is skipped when it is in one of these states. */
    public ExternalTask skipped(TaskState... states) {
        return new ExternalTask(
                dagId, taskIds, group, earlier, logicalDate, allowed, failed, List.of(states), checksExistence);
    }

    /** Fails at once where there is no such DAG or task. */
    public ExternalTask checkingExistence() {
        return new ExternalTask(dagId, taskIds, group, earlier, logicalDate, allowed, failed, skipped, true);
    }

    @Override
    public Stream<Object> values() {
        return Stream.concat(Stream.of(dagId), taskIds.stream());
    }

    @Override
    public boolean canDefer() {
        return true;
    }

    @Override
    public void check(Problems at) {
        UntilRules.check(this, at);
    }
}
