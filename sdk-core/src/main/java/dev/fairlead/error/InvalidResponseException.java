package dev.fairlead.error;

import org.jspecify.annotations.Nullable;

/** Says that an answer came which is not what this operation answers: broken JSON, a web page, a field of the wrong kind, too large. */
public class InvalidResponseException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; the message names system, operation and what was wrong with the answer. */
    public InvalidResponseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
