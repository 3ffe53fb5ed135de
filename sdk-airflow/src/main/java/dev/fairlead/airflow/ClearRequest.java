package dev.fairlead.airflow;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says which tasks of a run are to run again. Without a task it means all of the run.
 *
 * <pre>{@code
 * runs.clear("flights", "2025-01-05", c -> c.addTaskIds("train").downstream(true));
 * }</pre>
 */
public interface ClearRequest {
    /** Returns the tasks; of a mapped task all its instances. */
    List<String> taskIds();

    /** Returns single instances of mapped tasks: for each task their numbers, counted from 0. Airflow 3 only. */
    Map<String, List<Integer>> mapped();

    /** Returns whether what comes before these tasks runs again too; false by default. */
    boolean upstream();

    /** Returns whether what comes after these tasks runs again too; false by default. */
    boolean downstream();

    /** Returns whether of all those only what failed, or was not run since something before it failed; false by default. */
    boolean onlyFailed();

    /** Starts a request for all tasks. */
    static Builder builder() {
        return ImmutableClearRequest.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default ClearRequest with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a request. Not thread-safe. */
    interface Builder {
        /** Replaces the tasks. */
        Builder taskIds(Iterable<String> taskIds);

        /** Adds tasks. */
        Builder addTaskIds(String... taskIds);

        /** Sets single instances of a mapped task; Airflow 3 only. */
        Builder putMapped(String taskId, List<Integer> mapIndexes);

        /** Sets whether what comes before these tasks runs again too. */
        Builder upstream(boolean upstream);

        /** Sets whether what comes after these tasks runs again too. */
        Builder downstream(boolean downstream);

        /** Sets whether of all those only what failed, or was not run since something before it failed. */
        Builder onlyFailed(boolean onlyFailed);

        /** Makes the request, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ClearRequest build();
    }
}
