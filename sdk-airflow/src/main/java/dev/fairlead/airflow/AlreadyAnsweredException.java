package dev.fairlead.airflow;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;

/** Says that somebody else has answered already. */
public class AlreadyAnsweredException extends ConflictException {
    private static final long serialVersionUID = 1L;

    private final transient Approval approval;

    /** Creates the exception. */
    public AlreadyAnsweredException(CallDetails details, String remedy, Approval approval) {
        super(details, remedy);
        this.approval = approval;
    }

    /** Returns the question with the answer that holds. */
    public Approval approval() {
        return approval;
    }
}
