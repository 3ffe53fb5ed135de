package dev.fairlead.mlflow;

/**
 * Says how far a run is.
 *
 * @param value the server's word
 */
public record RunStatus(String value) {
    /** Logging. */
    public static final RunStatus RUNNING = new RunStatus("RUNNING");

    /** Planned. */
    public static final RunStatus SCHEDULED = new RunStatus("SCHEDULED");

    /** Ended well. */
    public static final RunStatus FINISHED = new RunStatus("FINISHED");

    /** Ended with an error. */
    public static final RunStatus FAILED = new RunStatus("FAILED");

    /** Stopped from outside. */
    public static final RunStatus KILLED = new RunStatus("KILLED");

    /** Wraps the server's word, also one that this version does not know. */
    public static RunStatus of(String value) {
        return new RunStatus(value);
    }

    /** Returns whether the run has ended, well or not. */
    public boolean ended() {
        return equals(FINISHED) || equals(FAILED) || equals(KILLED);
    }

    @Override
    public String toString() {
        return value;
    }
}
