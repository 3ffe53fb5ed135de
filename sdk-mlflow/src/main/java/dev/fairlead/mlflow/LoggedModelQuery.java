package dev.fairlead.mlflow;

import java.util.List;

/**
 * Describes a search of logged models.
 *
 * <p>A filter may name tags, parameters, metrics, and the attributes {@code name}, {@code model_id}, {@code model_type},
 * {@code source_run_id}, {@code creation_timestamp} and {@code last_updated_timestamp}; an order may name metrics and attributes. What the
 * server could not search is refused: its status, and values that hold an apostrophe.
 */
public interface LoggedModelQuery {
    /** Returns the ids of the experiments to search. */
    List<String> experimentIds();

    /** Returns what to find; everything by default. */
    Filter filter();

    /** Returns the order; newest first by default. */
    List<Order> orders();

    /** Returns the datasets on one of which a metric must have been measured; any by default. */
    List<DatasetRef> datasets();

    /** Returns how many models one call fetches; 50 by default, at most 1,000. */
    int pageSize();

    /** Starts a query. */
    static Builder builder() {
        return ImmutableLoggedModelQuery.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a query. Not thread-safe. */
    interface Builder {
        /** Replaces the experiments to search. */
        Builder experimentIds(Iterable<String> ids);

        /** Adds an experiment to search; at least one is mandatory. */
        Builder addExperimentId(String id);

        /** Adds an experiment to search. */
        default Builder addExperiment(Experiment experiment) {
            return addExperimentId(experiment.id());
        }

        /** Sets what to find. */
        Builder filter(Filter filter);

        /** Replaces the orders. */
        Builder orders(Iterable<? extends Order> orders);

        /** Adds an order; the earlier ones count more. */
        Builder addOrder(Order order);

        /** Replaces the datasets. */
        Builder datasets(Iterable<? extends DatasetRef> datasets);

        /** Adds a dataset: metrics count only where they were measured on it, or on another one that is named. */
        Builder addDataset(DatasetRef dataset);

        /** Sets how many models one call fetches. */
        Builder pageSize(int size);

        /** Makes the query, or throws {@link dev.fairlead.error.InvalidValueException}. */
        LoggedModelQuery build();
    }
}
