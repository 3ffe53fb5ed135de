package dev.fairlead.error;

import org.jspecify.annotations.Nullable;

/** Says that no complete answer came: no connection, a broken one, a time limit, an interruption. */
public class TransportException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    private final transient CallDetails details;
    private final boolean outcomeUnknown;

    /**
     * Creates the exception.
     *
     * @param details what is known of the call; its status is 0
     * @param remedy what the reader can do, appended to the message; may be empty
     * @param outcomeUnknown whether the request was sent, so that the server may have acted on it
     * @param cause what the transport said
     */
    public TransportException(CallDetails details, String remedy, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(remedy.isEmpty() ? details.line() : details.line() + "; " + remedy, cause);
        this.details = details;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Returns what is known of the call. */
    public CallDetails details() {
        return details;
    }

    /** Tells whether the request was sent, so that the server may have acted on it although no answer came. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** Tells that another try may reach the server; for a call whose outcome is unknown look first. */
    @Override
    public boolean retryable() {
        return true;
    }
}
