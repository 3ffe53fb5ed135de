package dev.fairlead.airflow;

import dev.fairlead.error.OperationFailedException;
import java.util.List;

/** Says that a run failed, and by which tasks. The last log lines of the first one are {@link #logExcerpt()}. */
public final class DagRunFailedException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final transient DagRun run;
    private final transient List<TaskInstance> failedTasks;

    /** Creates the exception. */
    public DagRunFailedException(
            String message, String operationId, DagRun run, List<TaskInstance> failedTasks, String logExcerpt) {
        super(message, operationId, run.state().value(), logExcerpt, null);
        this.run = run;
        this.failedTasks = List.copyOf(failedTasks);
    }

    /** Returns the run. */
    public DagRun run() {
        return run;
    }

    /** Returns the tasks that failed themselves, first first; empty where the run was ended from outside. */
    public List<TaskInstance> failedTasks() {
        return failedTasks;
    }
}
