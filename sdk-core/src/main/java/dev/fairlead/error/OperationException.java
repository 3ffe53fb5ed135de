package dev.fairlead.error;

import org.jspecify.annotations.Nullable;

/** Says that waiting for remote work ended without its result; names the work, so that another process can take it up again. */
public abstract class OperationException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    private final String operationId;
    private final String state;

    /** Creates the exception. */
    protected OperationException(String message, String operationId, String state, @Nullable Throwable cause) {
        super(message, cause);
        this.operationId = operationId;
        this.state = state;
    }

    /** Returns the id with which the client's {@code operation(id)} attaches to the same work again. */
    public String operationId() {
        return operationId;
    }

    /** Returns the last state seen, in the server's words; empty where none was seen. */
    public String state() {
        return state;
    }
}
