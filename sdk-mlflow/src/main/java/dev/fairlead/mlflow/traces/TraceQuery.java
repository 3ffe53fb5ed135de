package dev.fairlead.mlflow.traces;

import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.Filter;
import java.util.List;

/** Describes a search of traces. */
public interface TraceQuery {
    /** Returns the ids of the experiments to search. */
    List<String> experimentIds();

    /** Returns what to find; everything by default. */
    Filter filter();

    /** Returns whether the oldest come first; the newest do by default. */
    boolean oldestFirst();

    /** Returns how many traces one call fetches; 100 by default, at most 500. */
    int pageSize();

    /** Starts a query. */
    static Builder builder() {
        return ImmutableTraceQuery.builder();
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

        /** Sets what to find, made of {@link dev.fairlead.mlflow.TraceFilter} and {@link Filter#tag}. */
        Builder filter(Filter filter);

        /** Sets whether the oldest come first. */
        Builder oldestFirst(boolean oldest);

        /** Sets how many traces one call fetches. */
        Builder pageSize(int size);

        /** Makes the query, or throws {@link dev.fairlead.error.InvalidValueException}. */
        TraceQuery build();
    }
}
