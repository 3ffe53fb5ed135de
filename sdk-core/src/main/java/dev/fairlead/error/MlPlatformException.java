package dev.fairlead.error;

import org.jspecify.annotations.Nullable;

/**
 * Is the root of everything Fairlead throws on purpose. Unchecked.
 *
 * <p>A message names the place, the rule or the server's reason, and what to do; it never holds a secret.
 */
public abstract class MlPlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its finished message. */
    protected MlPlatformException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Tells whether the same call may succeed later without anybody changing anything; {@code false} by default. */
    public boolean retryable() {
        return false;
    }
}
