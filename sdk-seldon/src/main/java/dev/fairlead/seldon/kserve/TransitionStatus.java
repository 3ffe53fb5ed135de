package dev.fairlead.seldon.kserve;

/**
 * Names how far the model that answers is from the one that is specified. An open word: one that a newer KServe brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record TransitionStatus(String value) {
    /** The model that answers is the one that is specified, as far as KServe has looked. */
    public static final TransitionStatus UP_TO_DATE = new TransitionStatus("UpToDate");

    /** The specified model is not loaded yet. */
    public static final TransitionStatus IN_PROGRESS = new TransitionStatus("InProgress");

    /** The specified model cannot be loaded. */
    public static final TransitionStatus BLOCKED_BY_FAILED_LOAD = new TransitionStatus("BlockedByFailedLoad");

    /** No runtime takes the specification. */
    public static final TransitionStatus INVALID_SPEC = new TransitionStatus("InvalidSpec");

    /** Names one by its word. */
    public static TransitionStatus of(String value) {
        return new TransitionStatus(value);
    }

    boolean isFailure() {
        return equals(BLOCKED_BY_FAILED_LOAD) || equals(INVALID_SPEC);
    }

    @Override
    public String toString() {
        return value;
    }
}
