package dev.fairlead.mlflow;

import dev.fairlead.MlPlatform;
import dev.fairlead.config.CallOptions;
import dev.fairlead.config.Endpoint;
import dev.fairlead.mlflow.admin.Permissions;
import dev.fairlead.mlflow.admin.Roles;
import dev.fairlead.mlflow.admin.Users;
import dev.fairlead.mlflow.admin.Workspaces;
import dev.fairlead.mlflow.internal.DefaultMlflowClient;
import dev.fairlead.mlflow.internal.WebPages;
import dev.fairlead.mlflow.prompts.Prompts;
import dev.fairlead.mlflow.traces.Traces;
import dev.fairlead.mlflow.webhooks.Webhooks;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Speaks to an MLflow tracking server, 2.22 or 3.x: experiments, runs, artifacts and models. Immutable and thread-safe; share one. Needs
 * no closing. Making one opens no connection.
 *
 * <pre>{@code
 * MlflowClient mlflow = MlflowClient.builder().trackingUri("http://127.0.0.1:5000").build();
 * Experiment experiment = mlflow.experiments().ensure("flights");
 * try (ActiveRun run = mlflow.runs().start(experiment, r -> r.name("first"))) {
 *     run.logParam("depth", 6).logMetric("loss", 0.25, 1);
 *     run.finish();
 * }
 * }</pre>
 */
public interface MlflowClient {
    /**
     * Makes a client for the tracking server that the platform knows as {@code mlflow}.
     *
     * @throws dev.fairlead.error.ConfigurationException if no address of one is known
     */
    static MlflowClient create(MlPlatform platform) {
        return DefaultMlflowClient.create(platform);
    }

    /** Starts a client that needs no platform and no Kubernetes; what is not set comes from the settings around. */
    static Builder builder() {
        return DefaultMlflowClient.builder();
    }

    /** Returns a view with other options; same connections. */
    MlflowClient withOptions(UnaryOperator<CallOptions> change);

    /**
     * Returns a view that works in a workspace; same connections. A server without workspaces is never sent its name: the first call throws
     * {@link dev.fairlead.error.UnsupportedByServerException} instead.
     *
     * @throws dev.fairlead.error.InvalidValueException if no workspace can have this name
     */
    MlflowClient workspace(String name);

    /** Returns the address of the tracking server. */
    URI trackingUri();

    /** Asks the server what it is. */
    ServerInfo server();

    /** Finds and makes experiments. */
    Experiments experiments();

    /** Starts and finds runs. */
    Runs runs();

    /** Returns the artifacts of a run. */
    Artifacts artifacts(String runId);

    /**
     * Returns the artifacts of a logged model of MLflow 3.
     *
     * @param modelId its id, such as {@code m-…}
     */
    Artifacts loggedModelArtifacts(String modelId);

    /** Registers, finds and points at models. */
    Models models();

    /** Logs, finds and describes the logged models of MLflow 3. */
    LoggedModels loggedModels();

    /** Registers, finds and fills prompts. */
    Prompts prompts();

    /** Makes and finds webhooks. */
    Webhooks webhooks();

    /** Finds traces, says things of them, and tells OpenTelemetry where to send them. */
    Traces traces();

    /** Makes and finds workspaces. */
    Workspaces workspaces();

    /** Makes and finds users. */
    Users users();

    /** Lets users do things with experiments and models. */
    Permissions permissions();

    /** Makes roles and gives them to users. */
    Roles roles();

    /** Calls what this client has no method for. */
    RawCalls raw();

    /** Returns the address of an experiment's page in MLflow's web interface. */
    default URI webPage(Experiment experiment) {
        return WebPages.of(trackingUri(), "experiments", experiment.id());
    }

    /** Returns the address of a run's page in MLflow's web interface. */
    default URI webPage(ActiveRun run) {
        return WebPages.of(trackingUri(), "experiments", run.experimentId(), "runs", run.id());
    }

    /** Returns the address of a run's page in MLflow's web interface. */
    default URI webPage(Run run) {
        return WebPages.of(trackingUri(), "experiments", run.experimentId(), "runs", run.id());
    }

    /** Returns the address of a model version's page in MLflow's web interface. */
    default URI webPage(ModelVersion version) {
        return WebPages.of(trackingUri(), "models", version.name(), "versions", version.version());
    }

    /** Builds a client. Not thread-safe. */
    interface Builder {
        /** Sets the address of the tracking server, path prefix included. */
        default Builder trackingUri(String uri) {
            return trackingUri(URI.create(uri));
        }

        /** Sets the address of the tracking server, path prefix included. */
        default Builder trackingUri(URI uri) {
            return endpoint(e -> e.uri(uri));
        }

        /** Changes how the server is spoken to: credentials, certificates, proxy, headers, time limit. */
        Builder endpoint(Consumer<Endpoint.Builder> change);

        /** Changes the platform beneath: retries, time limits, listeners. */
        Builder platform(Consumer<MlPlatform.Builder> change);

        /** Sets the workspace that all calls are made in; {@code MLFLOW_WORKSPACE} otherwise. See {@link MlflowClient#workspace}. */
        Builder workspace(String name);

        /** Sets where the server keeps the artifacts it hands out itself; see {@link Models#artifactRoot}. */
        Builder artifactRoot(URI root);

        /**
         * Makes the client; opens no connection.
         *
         * @throws dev.fairlead.error.ConfigurationException if no address is known, or a source of settings cannot be used
         */
        MlflowClient build();
    }
}
