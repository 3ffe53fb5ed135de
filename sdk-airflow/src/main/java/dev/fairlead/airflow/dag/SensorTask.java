package dev.fairlead.airflow.dag;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Is a task that waits for something (one of Airflow's sensors); {@link Until} says what for. */
public sealed interface SensorTask extends Task permits SensorTaskValue {
    /** Returns what it waits for. */
    Until until();

    /** Returns the pause between two looks; empty means Airflow's 60 s. */
    Optional<Duration> pokeInterval();

    /** Returns how long it waits in sum before it fails; empty means Airflow's 7 days. */
    Optional<Duration> timeout();

    /** Returns whether it gives its worker back between two looks (Airflow's mode {@code reschedule}); false by default (mode {@code poke}). */
    boolean reschedules();

    /** Returns whether it is skipped instead of failed where it waited in vain; false by default. */
    boolean softFail();

    /** Returns whether the pauses grow; false by default. */
    boolean exponentialBackoff();

    /** Returns the longest pause, where the pauses grow; empty means without limit. */
    Optional<Duration> maxWait();

    /** Returns whether the worker hands the waiting to the triggerer; false by default. */
    boolean deferrable();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableSensorTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a task that waits for this. */
    static SensorTask of(String id, Until until) {
        return builder(id).until(until).build();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SensorTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets what it waits for; mandatory. */
        Builder until(Until until);

        /** Sets the pause between two looks. */
        Builder pokeInterval(Duration pokeInterval);

        /** Sets how long it waits in sum before it fails. */
        Builder timeout(Duration timeout);

        /** Sets whether it gives its worker back between two looks; for pauses of a minute and more. */
        Builder reschedules(boolean reschedules);

        /** Sets whether it is skipped instead of failed where it waited in vain. */
        Builder softFail(boolean softFail);

        /** Sets whether the pauses grow. */
        Builder exponentialBackoff(boolean exponentialBackoff);

        /** Sets the longest pause, where the pauses grow. */
        Builder maxWait(Duration maxWait);

        /** Sets whether the worker hands the waiting to the triggerer; for what can be waited for there. */
        Builder deferrable(boolean deferrable);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        SensorTask build();
    }
}
