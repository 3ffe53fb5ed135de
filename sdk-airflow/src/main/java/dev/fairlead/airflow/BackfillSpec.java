package dev.fairlead.airflow;

import java.time.Instant;
import java.util.Map;

/** Describes a backfill: runs of a scheduled DAG for dates that are past. */
public interface BackfillSpec {
    /** Returns the DAG. */
    String dagId();

    /** Returns the first date. */
    Instant firstDate();

    /** Returns the last date, which is run too. */
    Instant lastDate();

    /** Returns whether the latest date is run first; false by default. */
    boolean backwards();

    /** Returns the configuration of its runs. */
    Map<String, Object> conf();

    /** Returns which days that have a run already are run again; none by default. */
    Reprocess reprocess();

    /** Returns how many of its runs may be active at once; 10 by default. */
    int maxActiveRuns();

    /** Starts a description. */
    static Builder builder(String dagId) {
        return ImmutableBackfillSpec.builder().dagId(dagId);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the DAG. */
        Builder dagId(String dagId);

        /** Sets the first date. */
        Builder firstDate(Instant date);

        /** Sets the last date, which is run too. */
        Builder lastDate(Instant date);

        /** Sets whether the latest date is run first. */
        Builder backwards(boolean backwards);

        /** Replaces the configuration of its runs. */
        Builder conf(Map<String, ? extends Object> conf);

        /** Adds to the configuration of its runs: a text, number, boolean, list or map. */
        Builder putConf(String name, Object value);

        /** Sets which days that have a run already are run again. */
        Builder reprocess(Reprocess reprocess);

        /** Sets how many of its runs may be active at once; at least 1. */
        Builder maxActiveRuns(int runs);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        BackfillSpec build();
    }
}
