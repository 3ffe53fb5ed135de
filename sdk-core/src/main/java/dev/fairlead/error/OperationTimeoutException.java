package dev.fairlead.error;

import org.jspecify.annotations.Nullable;

/** Says that the caller's waiting ended; the work itself goes on. */
public class OperationTimeoutException extends OperationException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public OperationTimeoutException(String message, String operationId, String state, @Nullable Throwable cause) {
        super(message, operationId, state, cause);
    }

    /** Tells that waiting again may see the end. */
    @Override
    public boolean retryable() {
        return true;
    }
}
