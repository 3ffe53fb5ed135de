package dev.fairlead.airflow.admin;

import java.util.List;

/**
 * Tells what it took to bring a thing to its description.
 *
 * @param value the thing as it was read back
 * @param outcome whether it was made, changed, or right already
 * @param changed the fields that were found different, and written
 * @param hidden the fields whose present value the server does not show, so that nobody can tell whether they were right
 * @param <T> the thing
 */
public record Applied<T>(T value, Outcome outcome, List<String> changed, List<String> hidden) {
    /** Copies the lists. */
    public Applied {
        changed = List.copyOf(changed);
        hidden = List.copyOf(hidden);
    }

    /** What was done. */
    public enum Outcome {
        /** There was none, it was made. */
        CREATED,
        /** It was there, and something was written. */
        CHANGED,
        /** It was there, and nothing was written. */
        UNCHANGED
    }

    /** Returns whether anything was written. */
    public boolean wrote() {
        return outcome != Outcome.UNCHANGED;
    }
}
