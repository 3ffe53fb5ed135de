package dev.fairlead.testing.server;

/**
 * Says that a real server could not be installed, started or used, with the end of its log where there is one.
 */
public final class ServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception with a message that names the remedy.
     *
     * @param message what failed and what to do
     */
    public ServerException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a message that names the remedy and with its cause.
     *
     * @param message what failed and what to do
     * @param cause the failure underneath
     */
    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
