package dev.fairlead.seldon;

import dev.fairlead.error.OperationFailedException;
import org.jspecify.annotations.Nullable;

/** Says that a guarded rollout gave all traffic back to the baseline and removed the candidate. */
public class RolloutReturnedException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final String candidate;
    private final int percent;
    private final String reason;

    /** Creates the exception; the cause is what kept the baseline from running alone again, if anything did. */
    public RolloutReturnedException(
            String what, String operationId, String candidate, int percent, String reason, @Nullable Throwable cause) {
        super(
                what + " gave the traffic back at " + percent + " percent: " + reason + "; predictor '" + candidate
                        + "' was removed"
                        + (cause == null ? "" : ", but the baseline does not run: " + cause.getMessage()),
                operationId,
                RolloutState.Phase.RETURNED.word(),
                "",
                cause);
        this.candidate = candidate;
        this.percent = percent;
        this.reason = reason;
    }

    /** Returns the predictor that was not good enough. */
    public String candidate() {
        return candidate;
    }

    /** Returns how much of the traffic it had at last. */
    public int percent() {
        return percent;
    }

    /** Returns why: a guard's words, a failure of its pods, or that it was cancelled. */
    public String reason() {
        return reason;
    }
}
