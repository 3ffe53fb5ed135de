package dev.fairlead.error;

import org.jspecify.annotations.Nullable;

/** Says that the remote work itself ended without success. */
public class OperationFailedException extends OperationException {
    private static final long serialVersionUID = 1L;

    private final String logExcerpt;

    /** Creates the exception; {@code logExcerpt} is empty where there is no log. */
    public OperationFailedException(
            String message, String operationId, String state, String logExcerpt, @Nullable Throwable cause) {
        super(message, operationId, state, cause);
        this.logExcerpt = logExcerpt;
    }

    /** Returns the last lines of the failed work's log; empty where there is none. */
    public String logExcerpt() {
        return logExcerpt;
    }
}
