package dev.fairlead.airflow;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;

/** Says that another run of the DAG has the logical date; a date belongs to one run. */
public final class LogicalDateConflictException extends ConflictException {
    private static final long serialVersionUID = 1L;

    private final transient DagRun existing;

    /** Creates the exception. */
    public LogicalDateConflictException(CallDetails details, String remedy, DagRun existing) {
        super(details, remedy);
        this.existing = existing;
    }

    /** Returns the run that has the date. */
    public DagRun existing() {
        return existing;
    }
}
