package dev.fairlead.mlflow;

import java.util.List;

/** Describes a search of runs. */
public interface RunQuery {
    /** Returns the ids of the experiments to search. */
    List<String> experimentIds();

    /** Returns what to find; everything by default. */
    Filter filter();

    /** Returns the order; newest first by default. */
    List<Order> orders();

    /** Returns whether deleted runs are found too; they are not by default. */
    boolean includeDeleted();

    /** Returns how many runs one call fetches; 1,000 by default, at most 50,000. */
    int pageSize();

    /** Starts a query. */
    static Builder builder() {
        return ImmutableRunQuery.builder();
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

        /** Replaces the order. */
        Builder orders(Iterable<? extends Order> orders);

        /** Adds an order that decides where those before it find no difference. */
        Builder addOrder(Order order);

        /** Sets whether deleted runs are found too. */
        Builder includeDeleted(boolean include);

        /** Sets how many runs one call fetches. */
        Builder pageSize(int size);

        /** Makes the query, or throws {@link dev.fairlead.error.InvalidValueException}. */
        RunQuery build();
    }
}
