package dev.fairlead;

import dev.fairlead.config.Endpoint;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.config.Timeouts;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.internal.DefaultPlatform;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Is the one root of Fairlead: where the services are, how they are authenticated, how failures are repeated and how long anything may take.
 * Immutable and thread-safe; share one. Making one opens no connection.
 *
 * <p>Each setting comes from the first of: the builder, a system property ({@code fairlead.mlflow.uri}), an environment variable
 * ({@code FAIRLEAD_MLFLOW_URI}), the service's own variable ({@code MLFLOW_TRACKING_URI}), the file
 * {@code ~/.config/fairlead/config.yaml}, the kubeconfig or the pod. {@link #describe()} tells which it was.
 *
 * <p>Closing is optional: no thread of ours keeps a JVM alive. A closed platform refuses further calls with a
 * {@link dev.fairlead.error.ConfigurationException}.
 */
public interface MlPlatform extends AutoCloseable {
    /**
     * Makes a platform of what is around.
     *
     * @throws dev.fairlead.error.ConfigurationException if a source applies but cannot be used; the message names the place
     */
    static MlPlatform connect() {
        return builder().build();
    }

    /** Starts a platform whose settings take precedence over what is around. */
    static Builder builder() {
        return DefaultPlatform.builder();
    }

    /** Describes every setting with the source it came from, one a line; secrets are shown as {@code ***}. */
    String describe();

    /** Returns the namespace used where none is named. */
    String namespace();

    /**
     * Returns the client beneath, for what Fairlead does not offer: {@code io.fabric8.kubernetes.client.KubernetesClient}, which belongs
     * to the platform and must not be closed.
     *
     * @throws dev.fairlead.error.ConfigurationException if no cluster is configured, or the type is not one we stand on
     */
    <T> T unwrap(Class<T> type);

    /** Closes what this platform opened; does nothing the second time. */
    @Override
    void close();

    /** Builds a platform. Not thread-safe. */
    interface Builder {
        /** Sets where a service is and how it is spoken to; {@code name} is {@code mlflow}, {@code airflow} or {@code seldon}. */
        Builder endpoint(String name, Endpoint endpoint);

        /** Sets where a service is and how it is spoken to. */
        default Builder endpoint(String name, Consumer<Endpoint.Builder> endpoint) {
            Endpoint.Builder builder = Endpoint.builder();
            endpoint.accept(builder);
            return endpoint(name, builder.build());
        }

        /**
         * Sets any setting by its key, such as {@code airflow.dags-dir}; the keys stand in {@code docs/config.md}. The builder's own methods win.
         *
         * @throws dev.fairlead.error.InvalidValueException if there is no such key; the nearest one is named
         */
        Builder setting(String key, String value);

        /** Sets the kubeconfig file; {@code ~} is not expanded. */
        Builder kubeconfig(Path file);

        /** Sets the context of the kubeconfig; its current one by default. */
        Builder kubeContext(String context);

        /** Sets the namespace used where none is named. */
        Builder namespace(String namespace);

        /** Sets the credentials for the Kubernetes API server; no other service ever sees them. */
        Builder kubernetesCredentials(CredentialsProvider credentials);

        /** Leaves Kubernetes alone: no kubeconfig is read, and no pod's service account. */
        Builder withoutKubernetes();

        /** Sets how failed attempts are repeated; {@link RetryPolicy#DEFAULT} otherwise. */
        Builder retry(RetryPolicy policy);

        /** Changes how failed attempts are repeated. */
        default Builder retry(UnaryOperator<RetryPolicy> change) {
            return retry(change.apply(RetryPolicy.DEFAULT));
        }

        /** Sets the time limits; {@link Timeouts#DEFAULT} otherwise. */
        Builder timeouts(Timeouts timeouts);

        /** Changes the time limits. */
        default Builder timeouts(UnaryOperator<Timeouts> change) {
            return timeouts(change.apply(Timeouts.DEFAULT));
        }

        /** Adds a listener that is told of every attempt. */
        Builder addCallListener(CallListener listener);

        /** Sets the settings file; {@code FAIRLEAD_CONFIG} or {@code ~/.config/fairlead/config.yaml} otherwise. */
        Builder configFile(Path file);

        /**
         * Makes the platform; opens no connection.
         *
         * @throws dev.fairlead.error.ConfigurationException if a source applies but cannot be used
         */
        MlPlatform build();
    }
}
