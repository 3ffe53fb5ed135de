package dev.fairlead.airflow;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;

/** Says that a run id is taken by a run that asks for something else. */
public final class DagRunConflictException extends ConflictException {
    private static final long serialVersionUID = 1L;

    private final transient DagRun existing;

    /** Creates the exception. */
    public DagRunConflictException(CallDetails details, String remedy, DagRun existing) {
        super(details, remedy);
        this.existing = existing;
    }

    /** Returns the run that has the id. */
    public DagRun existing() {
        return existing;
    }
}
