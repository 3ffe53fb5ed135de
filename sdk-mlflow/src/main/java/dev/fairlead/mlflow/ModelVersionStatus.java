package dev.fairlead.mlflow;

/**
 * Says how far the registration of a model version is.
 *
 * @param value the server's word
 */
public record ModelVersionStatus(String value) {
    /** Still being registered. */
    public static final ModelVersionStatus PENDING = new ModelVersionStatus("PENDING_REGISTRATION");

    /** Could not be registered. */
    public static final ModelVersionStatus FAILED = new ModelVersionStatus("FAILED_REGISTRATION");

    /** Ready for use. */
    public static final ModelVersionStatus READY = new ModelVersionStatus("READY");

    /** Wraps the server's word, also one that this version does not know. */
    public static ModelVersionStatus of(String value) {
        return new ModelVersionStatus(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
