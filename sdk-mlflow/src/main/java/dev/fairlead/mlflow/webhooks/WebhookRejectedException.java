package dev.fairlead.mlflow.webhooks;

import dev.fairlead.error.MlPlatformException;
import org.jspecify.annotations.Nullable;

/** Says that a delivery was not accepted, and which check it failed. Holds neither the secret nor the signature. */
public class WebhookRejectedException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    private final Check check;

    /** Creates the exception. */
    public WebhookRejectedException(Check check, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.check = check;
    }

    /** Returns the check that failed. */
    public Check check() {
        return check;
    }

    /** Is what a delivery is checked for, in this order. */
    public enum Check {
        /** It has an id, a time and a signature. */
        HEADERS,
        /** It was sent lately. */
        AGE,
        /** Its signature was made with one of the secrets. */
        SIGNATURE,
        /** It is an event. */
        BODY
    }
}
