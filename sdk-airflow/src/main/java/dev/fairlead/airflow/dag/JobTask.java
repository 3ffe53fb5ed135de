package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.MlflowLink;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Is a task that runs a Kubernetes {@code Job}: several pods that are tried again by the cluster itself (Airflow's
 * {@code KubernetesJobOperator}; with a queue {@code KubernetesStartKueueJobOperator}; the workers need the provider {@code cncf.kubernetes}).
 */
public sealed interface JobTask extends Task permits JobTaskValue {
    /** Returns the pod that the job makes. */
    PodTemplate pod();

    /** Returns the main container's variables that Airflow evaluates; they are added to those of the pod. */
    Map<String, Expression> evaluatedEnv();

    /** Returns the main container's arguments that Airflow evaluates; they replace those of the pod unless empty. */
    List<Expression> evaluatedArgs();

    /** Returns how many pods must succeed; empty means one. */
    OptionalInt completions();

    /** Returns how many pods run at once; empty means one. */
    OptionalInt parallelism();

    /** Returns how many failed pods fail the job; empty means the cluster's 6. */
    OptionalInt backoffLimit();

    /** Returns whether each pod gets a number of its own in {@code JOB_COMPLETION_INDEX}; false by default. */
    boolean indexed();

    /** Returns how long the job is kept when it has ended; empty means for ever. */
    Optional<Duration> timeToLive();

    /** Returns whether the task waits until the job has ended and shares its fate; true by default. */
    boolean waits();

    /** Returns the pause between two looks at the job; empty means Airflow's 10 s. */
    Optional<Duration> pollInterval();

    /** Returns whether the worker hands the waiting to the triggerer; false by default. */
    boolean deferrable();

    /** Returns the local queue of Kueue that starts the job; empty means that it starts at once. */
    Optional<String> queueName();

    /** Returns the namespace; empty leaves it to Airflow's connection. */
    Optional<String> namespace();

    /** Returns Airflow's connection to the cluster; empty means {@code kubernetes_default}. */
    Optional<String> connection();

    /** Returns whether the pods' logs are copied to the task's log; true by default. */
    boolean copiesLog();

    /** Returns whether {@code /airflow/xcom/return.json}, written by the main container, becomes the task's output; false by default. */
    boolean returnsOutput();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableJobTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default JobTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the pod that the job makes; mandatory. */
        Builder pod(PodTemplate pod);

        /** Replaces the variables that Airflow evaluates. */
        Builder evaluatedEnv(Map<String, ? extends Expression> evaluatedEnv);

        /** Adds a variable of the main container that Airflow evaluates. */
        default Builder putEvaluatedEnv(String name, String value) {
            return putEvaluatedEnv(name, new Text(value));
        }

        /** Adds a variable of the main container that Airflow evaluates. */
        Builder putEvaluatedEnv(String name, Expression value);

        /** Adds the variables that tie what the pods log to the run's MLflow run; see {@link MlflowLink}. */
        default Builder mlflowEnv() {
            return putEvaluatedEnv(MlflowLink.RUN_VARIABLE, MlflowLink.run())
                    .putEvaluatedEnv(MlflowLink.EXPERIMENT_VARIABLE, MlflowLink.experiment());
        }

        /** Replaces the arguments that Airflow evaluates. */
        Builder evaluatedArgs(Iterable<? extends Expression> evaluatedArgs);

        /** Adds arguments of the main container that Airflow evaluates. */
        Builder addEvaluatedArgs(Expression... evaluatedArgs);

        /** Sets how many pods must succeed; at least 1. */
        Builder completions(int completions);

        /** Sets how many pods run at once; at least 1. */
        Builder parallelism(int parallelism);

        /** Sets how many failed pods fail the job; 0 or more. */
        Builder backoffLimit(int backoffLimit);

        /** Sets whether each pod gets a number of its own in {@code JOB_COMPLETION_INDEX}. */
        Builder indexed(boolean indexed);

        /** Sets how long the job is kept when it has ended. */
        Builder timeToLive(Duration timeToLive);

        /** Sets whether the task waits until the job has ended and shares its fate. */
        Builder waits(boolean waits);

        /** Sets the pause between two looks at the job. */
        Builder pollInterval(Duration pollInterval);

        /** Sets whether the worker hands the waiting to the triggerer. */
        Builder deferrable(boolean deferrable);

        /** Sets the local queue of Kueue that starts the job. */
        Builder queueName(String queueName);

        /** Sets the namespace. */
        Builder namespace(String namespace);

        /** Sets Airflow's connection to the cluster, by its id. */
        Builder connection(String connection);

        /** Sets whether the pods' logs are copied to the task's log. */
        Builder copiesLog(boolean copiesLog);

        /** Sets whether {@code /airflow/xcom/return.json}, written by the main container, becomes the task's output. */
        Builder returnsOutput(boolean returnsOutput);

        /** Sets the pod that the job makes; its problems are reported with those of the task. */
        default Builder pod(Consumer<PodTemplate.Builder> pod) {
            PodTemplate.Builder template = PodTemplate.builder();
            pod.accept(template);
            return pod(ValueBuilder.<PodTemplate>partOf(template));
        }

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        JobTask build();
    }
}
