package dev.fairlead.airflow;

/**
 * Says how far a run is.
 *
 * @param value the server's word
 */
public record DagRunState(String value) {
    /** Waiting for its turn, or for the DAG to be unpaused. */
    public static final DagRunState QUEUED = new DagRunState("queued");

    /** Running. */
    public static final DagRunState RUNNING = new DagRunState("running");

    /** Ended well. */
    public static final DagRunState SUCCESS = new DagRunState("success");

    /** Ended with a failed task, or stopped. */
    public static final DagRunState FAILED = new DagRunState("failed");

    /** Wraps the server's word, also one that this version does not know. */
    public static DagRunState of(String value) {
        return new DagRunState(value);
    }

    /** Returns whether the run has ended, well or not. */
    public boolean ended() {
        return equals(SUCCESS) || equals(FAILED);
    }

    @Override
    public String toString() {
        return value;
    }
}
