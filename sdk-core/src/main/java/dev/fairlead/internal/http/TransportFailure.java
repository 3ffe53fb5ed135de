package dev.fairlead.internal.http;

import java.io.IOException;

/** Says that an attempt brought no answer, and whether the server may have acted on it. */
public final class TransportFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean sent;
    private final boolean hopeless;

    /**
     * Creates the failure.
     *
     * @param sent whether any byte of the request may have reached the server
     * @param hopeless whether another attempt cannot help: an unknown authority, an interruption
     */
    public TransportFailure(String message, boolean sent, boolean hopeless, IOException cause) {
        super(message, cause);
        this.reason = message;
        this.sent = sent;
        this.hopeless = hopeless;
    }

    /** Returns what went wrong, in a few words. */
    public String reason() {
        return reason;
    }

    /** Returns whether the server may have acted. */
    public boolean sent() {
        return sent;
    }

    /** Returns whether another attempt cannot help. */
    public boolean hopeless() {
        return hopeless;
    }
}
