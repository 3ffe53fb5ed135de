package dev.fairlead.airflow.dag;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is a group of tasks (Airflow's {@code TaskGroup}): its tasks are shown together, and one edge to or from it stands for those to its first or
 * from its last tasks.
 */
public sealed interface TaskGroup extends TaskContainer permits TaskGroupValue {
    /** Returns the id, unique where it stands. */
    String id();

    /** Returns what Airflow shows when the mouse is over it. */
    Optional<String> tooltip();

    /** Returns whether the ids of its tasks begin with its own; true by default. Otherwise they are as they stand, without those of groups around. */
    boolean prefixesIds();

    /** Starts a group. */
    static Builder builder(String id) {
        return ImmutableTaskGroup.builder().id(id);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default TaskGroup with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a group. Not thread-safe. */
    interface Builder extends TaskContainer.Builder<Builder> {
        /** Sets the id: ASCII letters, digits, dashes and underscores, at most 200. */
        Builder id(String id);

        /** Sets what Airflow shows when the mouse is over it. */
        Builder tooltip(String tooltip);

        /** Sets whether the ids of its tasks begin with its own. */
        Builder prefixesIds(boolean prefixes);

        /** Makes the group; its tasks and edges are checked by the DAG, which knows what is around it. */
        TaskGroup build();
    }
}
