package dev.fairlead.testing.airflow;

/** Plays a task: is called when the fake starts one. Must be thread-safe and fast, and must not call the fake. */
@FunctionalInterface
public interface TaskHandler {
    /** Starts the task and tells how it ends, now or later; see {@link TaskOutcome#when}. */
    TaskOutcome start(RunningTask task);
}
