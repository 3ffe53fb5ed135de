package dev.fairlead.seldon;

import dev.fairlead.error.OperationFailedException;

/** Says that a rollout will not end well unless somebody changes something, and names the cause. The deployment itself stays as it is. */
public class RolloutFailedException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final transient RolloutFailure failure;

    /** Creates the exception; {@code logExcerpt} is empty where there is no log. */
    public RolloutFailedException(String what, RolloutFailure failure, String operationId, String logExcerpt) {
        super(
                what + " failed: " + failure + (logExcerpt.isEmpty() ? "" : "\nlast lines of its log:\n" + logExcerpt),
                operationId,
                failure.kind().name(),
                logExcerpt,
                null);
        this.failure = failure;
    }

    /** Returns the cause. */
    public RolloutFailure failure() {
        return failure;
    }
}
