package dev.fairlead.airflow.dag;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is a task that chooses which of the tasks right after it run; the others are skipped (Airflow's {@code BranchPythonOperator}). A task where
 * branches meet again needs {@link TriggerRule#NONE_FAILED_MIN_ONE_SUCCESS}.
 */
public sealed interface BranchTask extends Task permits BranchTaskValue {
    /** Returns the code that returns the chosen id, or a list of them; they are whole, with those of the groups around. */
    Optional<TrustedPython> code();

    /** Returns the arguments of the code: {@link Expression}s, numbers, booleans, and lists and maps of them. */
    Map<String, Object> arguments();

    /** Returns what becomes the chosen id at run time; empty where code chooses. */
    Optional<Expression> choice();

    /** Returns the tasks or groups one of which is chosen; each runs after this one, no edge is needed. */
    @Override
    List<String> choices();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableBranchTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default BranchTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the code that returns the chosen id, or a list of them; see {@link TrustedPython}. */
        Builder code(TrustedPython code);

        /** Sets the code that returns the chosen id, or a list of them; see {@link TrustedPython}. */
        default Builder code(String body) {
            return code(TrustedPython.of(body));
        }

        /** Replaces the arguments. */
        Builder arguments(Map<String, ? extends Object> arguments);

        /** Adds an argument of the code: a text, number, boolean, {@link Expression}, or a list or map of them. */
        Builder putArgument(String name, Object value);

        /** Sets what becomes the chosen id at run time: a template, or the output of another task, which may be a list. */
        default Builder choice(String choice) {
            return choice(new Text(choice));
        }

        /** Sets what becomes the chosen id at run time: a template, or the output of another task, which may be a list. */
        Builder choice(Expression choice);

        /** Replaces the tasks or groups one of which is chosen. */
        Builder choices(Iterable<String> choices);

        /** Adds tasks or groups one of which is chosen; an id is looked for as that of an edge. */
        Builder addChoices(String... choices);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        BranchTask build();
    }
}
