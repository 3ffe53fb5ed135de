package dev.fairlead.airflow.dag;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is a task that skips all that comes after it unless a condition holds (Airflow's {@code ShortCircuitOperator}).
 */
public sealed interface ShortCircuitTask extends Task permits ShortCircuitTaskValue {
    /** Returns the code that returns whether to go on. */
    Optional<TrustedPython> code();

    /** Returns the arguments of the code: {@link Expression}s, numbers, booleans, and lists and maps of them. */
    Map<String, Object> arguments();

    /** Returns what tells at run time whether to go on; empty where code does. */
    Optional<Expression> condition();

    /** Returns whether only the tasks right after this one are skipped, so that those further down follow their trigger rules; false by default. */
    boolean keepsTriggerRules();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableShortCircuitTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default ShortCircuitTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the code that returns whether to go on; see {@link TrustedPython}. */
        Builder code(TrustedPython code);

        /** Sets the code that returns whether to go on; see {@link TrustedPython}. */
        default Builder code(String body) {
            return code(TrustedPython.of(body));
        }

        /** Replaces the arguments. */
        Builder arguments(Map<String, ? extends Object> arguments);

        /** Adds an argument of the code: a text, number, boolean, {@link Expression}, or a list or map of them. */
        Builder putArgument(String name, Object value);

        /** Sets what tells at run time whether to go on: nothing, {@code 0}, {@code no}, {@code false} and {@code none} mean no. */
        default Builder condition(String condition) {
            return condition(new Text(condition));
        }

        /** Sets what tells at run time whether to go on: nothing, {@code 0}, {@code no}, {@code false} and {@code none} mean no. */
        Builder condition(Expression condition);

        /** Sets whether only the tasks right after this one are skipped, so that those further down follow their trigger rules. */
        Builder keepsTriggerRules(boolean keepsTriggerRules);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ShortCircuitTask build();
    }
}
