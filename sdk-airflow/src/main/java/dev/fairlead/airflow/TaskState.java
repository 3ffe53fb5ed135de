package dev.fairlead.airflow;

import java.util.Set;

/**
 * Says how far a task of a run is.
 *
 * @param value the server's word; {@code none} before it is scheduled
 */
public record TaskState(String value) {
    /** Not scheduled yet. */
    public static final TaskState NONE = new TaskState("none");

    /** Running. */
    public static final TaskState RUNNING = new TaskState("running");

    /** Ended well. */
    public static final TaskState SUCCESS = new TaskState("success");

    /** Ended with an error, no try left. */
    public static final TaskState FAILED = new TaskState("failed");

    /** Not run, since a task before it failed. */
    public static final TaskState UPSTREAM_FAILED = new TaskState("upstream_failed");

    /** Not run, on purpose. */
    public static final TaskState SKIPPED = new TaskState("skipped");

    /** Waiting for its next try. */
    public static final TaskState UP_FOR_RETRY = new TaskState("up_for_retry");

    private static final Set<String> ENDED = Set.of("success", "failed", "upstream_failed", "skipped", "removed");

    /** Wraps the server's word, also one that this version does not know. */
    public static TaskState of(String value) {
        return new TaskState(value);
    }

    /** Returns whether the task has ended, well or not. */
    public boolean ended() {
        return ENDED.contains(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
