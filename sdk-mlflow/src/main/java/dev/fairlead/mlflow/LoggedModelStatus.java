package dev.fairlead.mlflow;

/**
 * Says how far a logged model is.
 *
 * @param value the server's word
 */
public record LoggedModelStatus(String value) {
    /** Its files are being uploaded. */
    public static final LoggedModelStatus PENDING = new LoggedModelStatus("LOGGED_MODEL_PENDING");

    /** Ready for use. */
    public static final LoggedModelStatus READY = new LoggedModelStatus("LOGGED_MODEL_READY");

    /** Its files could not be uploaded. */
    public static final LoggedModelStatus UPLOAD_FAILED = new LoggedModelStatus("LOGGED_MODEL_UPLOAD_FAILED");

    /** Wraps the server's word, also one that this version does not know. */
    public static LoggedModelStatus of(String value) {
        return new LoggedModelStatus(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
