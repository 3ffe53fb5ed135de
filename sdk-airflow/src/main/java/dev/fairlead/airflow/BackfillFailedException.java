package dev.fairlead.airflow;

import dev.fairlead.error.OperationFailedException;
import java.util.List;

/** Says that a backfill has ended, and that some of its runs failed. */
public class BackfillFailedException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final transient Backfill backfill;
    private final transient List<DagRun> failedRuns;

    /** Creates the exception; {@code message} names the DAG and the runs. */
    public BackfillFailedException(String message, Backfill backfill, List<DagRun> failedRuns) {
        super(message, backfill.operationId(), "failed", "", null);
        this.backfill = backfill;
        this.failedRuns = List.copyOf(failedRuns);
    }

    /** Returns the backfill as it ended. */
    public Backfill backfill() {
        return backfill;
    }

    /** Returns its runs that failed. */
    public List<DagRun> failedRuns() {
        return failedRuns;
    }
}
