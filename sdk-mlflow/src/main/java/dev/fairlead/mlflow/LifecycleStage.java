package dev.fairlead.mlflow;

/**
 * Says whether an experiment or run is in use or deleted. Deleted ones stay until the server's garbage collection and can be restored.
 *
 * @param value the server's word
 */
public record LifecycleStage(String value) {
    /** In use. */
    public static final LifecycleStage ACTIVE = new LifecycleStage("active");

    /** Deleted, and restorable. */
    public static final LifecycleStage DELETED = new LifecycleStage("deleted");

    /** Wraps the server's word, also one that this version does not know. */
    public static LifecycleStage of(String value) {
        return new LifecycleStage(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
