package dev.fairlead.airflow;

import dev.fairlead.airflow.internal.dag.JsonForm;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Says what a run shall be. */
public interface TriggerRequest {
    /** Returns the run's id, the key by which the same run is found again; one is chosen where it is empty. */
    Optional<String> runId();

    /** Returns the instant the run stands for, to the microsecond; empty means none. A date belongs to one run of a DAG. */
    Optional<Instant> logicalDate();

    /** Returns the run's configuration; empty by default. */
    Map<String, Object> conf();

    /** Returns the partition of assets the run is about. */
    Optional<String> partitionKey();

    /** Returns what is noted on the run. */
    Optional<String> note();

    /** Returns whether a paused DAG is unpaused first; false by default. */
    boolean unpause();

    /** Starts a request. */
    static Builder builder() {
        return ImmutableTriggerRequest.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a request. Not thread-safe. */
    interface Builder {
        /** Sets the run's id: at most 250 of the characters {@code A-Z a-z 0-9 _ . ~ : + -}. */
        Builder runId(String runId);

        /** Sets the instant the run stands for. */
        Builder logicalDate(Instant date);

        /** Replaces the run's configuration. */
        Builder conf(Map<String, ? extends Object> conf);

        /** Replaces the run's configuration by the components of a record; those that are null are left out. */
        default Builder conf(Record conf) {
            return conf(JsonForm.of(conf));
        }

        /** Adds an entry to the run's configuration: a text, number, boolean, list or map. */
        Builder putConf(String name, Object value);

        /** Adds the MLflow run to the run's configuration, for a DAG with {@link dev.fairlead.airflow.dag.Dag.Builder#mlflowParams}. */
        default Builder mlflow(MlflowLink link) {
            return putConf(MlflowLink.RUN_PARAM, link.runId())
                    .putConf(MlflowLink.EXPERIMENT_PARAM, link.experimentId());
        }

        /** Sets the partition of assets the run is about, for a DAG whose schedule has partitions. Needs Airflow 3.2. */
        Builder partitionKey(String key);

        /** Sets what is noted on the run; at most 1000 characters. */
        Builder note(String note);

        /** Sets whether a paused DAG is unpaused first. */
        Builder unpause(boolean unpause);

        /** Makes the request, or throws {@link dev.fairlead.error.InvalidValueException}. */
        TriggerRequest build();
    }
}
