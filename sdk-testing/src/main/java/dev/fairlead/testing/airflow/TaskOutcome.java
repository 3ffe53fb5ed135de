package dev.fairlead.testing.airflow;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says how a try of a task ends. Immutable. */
public final class TaskOutcome {
    private final boolean success;
    private final @Nullable Duration duration;
    private final String log;
    private final @Nullable Object output;
    private final @Nullable Supplier<Optional<TaskOutcome>> later;

    private TaskOutcome(
            boolean success,
            @Nullable Duration duration,
            String log,
            @Nullable Object output,
            @Nullable Supplier<Optional<TaskOutcome>> later) {
        this.success = success;
        this.duration = duration;
        this.log = log;
        this.output = output;
        this.later = later;
    }

    /** Ends well. */
    public static TaskOutcome success() {
        return new TaskOutcome(true, null, "", null, null);
    }

    /** Ends with an error; the last line of the log is its message. */
    public static TaskOutcome failure(String log) {
        return new TaskOutcome(false, null, log, null, null);
    }

    /** Ends when and how the question is answered; it is asked whenever somebody looks at the fake. */
    public static TaskOutcome when(Supplier<Optional<TaskOutcome>> question) {
        return new TaskOutcome(true, null, "", null, question);
    }

    /** Sets how long the try takes; the fake's own duration otherwise. */
    public TaskOutcome after(Duration time) {
        return new TaskOutcome(success, time, log, output, later);
    }

    /** Sets what the task logs, in lines. */
    public TaskOutcome log(String text) {
        return new TaskOutcome(success, duration, text, output, later);
    }

    /** Sets what the task returns. */
    public TaskOutcome output(Object value) {
        return new TaskOutcome(success, duration, log, value, later);
    }

    /** Returns whether it ends well. */
    public boolean succeeds() {
        return success;
    }

    /** Returns how long the try takes. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    /** Returns what the task logs. */
    public String log() {
        return log;
    }

    /** Returns what the task returns. */
    public Optional<Object> output() {
        return Optional.ofNullable(output);
    }

    /** Returns the question whose answer is the end, if it is not known yet. */
    public Optional<Supplier<Optional<TaskOutcome>>> question() {
        return Optional.ofNullable(later);
    }

    @Override
    public String toString() {
        return later != null ? "later" : success ? "success" : "failure";
    }
}
