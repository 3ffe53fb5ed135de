package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.MlflowLink;
import dev.fairlead.kubernetes.ContainerSettings;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.kubernetes.Toleration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is a task that runs a pod and succeeds when its main container does (Airflow's {@code KubernetesPodOperator}; the workers need the provider
 * {@code cncf.kubernetes}).
 *
 * <p>The texts of the pod arrive as they are written; what Airflow shall evaluate is given as an {@link Expression}.
 */
public sealed interface PodTask extends Task permits PodTaskValue {
    /** Returns the pod. */
    PodTemplate pod();

    /** Returns the main container's variables that Airflow evaluates; they are added to those of the pod. */
    Map<String, Expression> evaluatedEnv();

    /** Returns the main container's arguments that Airflow evaluates; they replace those of the pod unless empty. */
    List<Expression> evaluatedArgs();

    /** Returns the pod's namespace; empty leaves it to Airflow's connection. */
    Optional<String> namespace();

    /** Returns Airflow's connection to the cluster; empty means {@code kubernetes_default}. */
    Optional<String> connection();

    /** Returns whether the main container's log is copied to the task's log while it runs (Airflow's {@code get_logs}); true by default. */
    boolean copiesLog();

    /** Returns whether the worker hands the waiting to the triggerer; false by default. */
    boolean deferrable();

    /** Returns how long the pod may take to start; empty means Airflow's 120 s. */
    Optional<Duration> startupTimeout();

    /** Returns whether {@code /airflow/xcom/return.json}, written by the main container, becomes the task's output; false by default. */
    boolean returnsOutput();

    /** Returns what becomes of the pod when it has ended; {@link PodFinish#DELETE} by default. */
    PodFinish onFinish();

    /** Returns whether the pod is kept when it has ended, whatever way; false by default. */
    default boolean keepsPod() {
        return onFinish() == PodFinish.KEEP;
    }

    /**
     * Returns whether a worker that takes over, since the first one was lost, looks for the pod and goes on with it (Airflow's
     * {@code reattach_on_restart}); true by default.
     */
    boolean reattaches();

    /** Returns the pause between two looks at the pod; empty means Airflow's own, of 1 or 2 s. */
    Optional<Duration> pollInterval();

    /** Returns the containers whose logs are copied; empty means the main one. */
    List<String> logContainers();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutablePodTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default PodTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder>, ContainerSettings<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Replaces the pod set up so far. */
        Builder pod(PodTemplate pod);

        /** Changes the pod, for what has no setter here. */
        Builder pod(Consumer<PodTemplate.Builder> changes);

        /** Sets a variable of the main container that Airflow evaluates. */
        Builder putEnv(String name, Expression value);

        /** Adds the variables that tie what the pod logs to the run's MLflow run; see {@link MlflowLink}. */
        default Builder mlflowEnv() {
            return putEnv(MlflowLink.RUN_VARIABLE, MlflowLink.run())
                    .putEnv(MlflowLink.EXPERIMENT_VARIABLE, MlflowLink.experiment());
        }

        /** Sets arguments of the main container that Airflow evaluates; they replace those of the pod. */
        Builder args(Expression... args);

        /** Adds a label to the pod; Airflow adds its own. */
        default Builder putLabel(String key, String value) {
            return pod(p -> p.putLabel(key, value));
        }

        /** Adds an annotation to the pod. */
        default Builder putAnnotation(String key, String value) {
            return pod(p -> p.putAnnotation(key, value));
        }

        /** Adds a label that the pod's node must have. */
        default Builder putNodeSelector(String key, String value) {
            return pod(p -> p.putNodeSelector(key, value));
        }

        /** Adds a toleration to the pod. */
        default Builder addToleration(Toleration toleration) {
            return pod(p -> p.addToleration(toleration));
        }

        /** Sets the pod's service account. */
        default Builder serviceAccount(String name) {
            return pod(p -> p.serviceAccount(name));
        }

        /** Sets the pod's namespace. */
        Builder namespace(String namespace);

        /** Sets Airflow's connection to the cluster. */
        Builder connection(String connectionId);

        /** Sets whether the main container's log is copied to the task's log while it runs. */
        Builder copiesLog(boolean copiesLog);

        /** Sets whether the worker hands the waiting to the triggerer. */
        Builder deferrable(boolean deferrable);

        /** Sets how long the pod may take to start, pulling its image and waiting for a GPU included. */
        Builder startupTimeout(Duration timeout);

        /** Sets whether {@code /airflow/xcom/return.json}, written by the main container, becomes the task's output. */
        Builder returnsOutput(boolean returnsOutput);

        /** Sets what becomes of the pod when it has ended. */
        Builder onFinish(PodFinish finish);

        /** Sets whether the pod is kept when it has ended, whatever way. */
        default Builder keepsPod(boolean keepsPod) {
            return onFinish(keepsPod ? PodFinish.KEEP : PodFinish.DELETE);
        }

        /** Sets whether a worker that takes over looks for the pod and goes on with it; else each try has its own. */
        Builder reattaches(boolean reattaches);

        /** Sets the pause between two looks at the pod. */
        Builder pollInterval(Duration interval);

        /** Replaces the containers whose logs are copied. */
        Builder logContainers(Iterable<String> containers);

        /** Adds containers whose logs are copied; name the main one too. */
        Builder addLogContainers(String... containers);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PodTask build();
    }
}
