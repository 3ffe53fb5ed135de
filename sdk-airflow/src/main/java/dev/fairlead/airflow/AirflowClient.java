package dev.fairlead.airflow;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.admin.Connections;
import dev.fairlead.airflow.admin.Monitoring;
import dev.fairlead.airflow.admin.Pools;
import dev.fairlead.airflow.admin.Variables;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.internal.DefaultAirflowClient;
import dev.fairlead.config.CallOptions;
import dev.fairlead.config.Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Speaks to an Airflow 3, or to the last Airflow 2: brings DAGs there and confirms it, starts and follows runs. Immutable and thread-safe; share one. Needs no
 * closing. Making one opens no connection.
 *
 * <pre>{@code
 * AirflowClient airflow = AirflowClient.create(platform);
 * airflow.dags().deploy(dag).await(Duration.ofMinutes(3));
 * DagRun run = airflow.runs().trigger("flights", t -> t.runId("2025-01-05")).await(Duration.ofHours(2));
 * }</pre>
 *
 * <p>A user and password (settings {@code airflow.username}, {@code airflow.password}) are exchanged for a token, which is renewed before it
 * ends; a token ({@code airflow.token}) is sent as it is; without either, a server that lets everybody in is asked for one. Airflow 2 takes user
 * and password as they are, if its {@code [api] auth_backends} has {@code airflow.api.auth.backend.basic_auth}.
 */
public interface AirflowClient {
    /**
     * Makes a client for the server that the platform knows as {@code airflow}. DAGs go to the setting {@code airflow.dags-dir}.
     *
     * @throws dev.fairlead.error.ConfigurationException if no address of one is known
     */
    static AirflowClient create(MlPlatform platform) {
        return DefaultAirflowClient.create(platform);
    }

    /** Starts a client that needs no platform and no Kubernetes; what is not set comes from the settings around. */
    static Builder builder() {
        return DefaultAirflowClient.builder();
    }

    /** Returns a view with other options; same connections, same token. */
    AirflowClient withOptions(UnaryOperator<CallOptions> change);

    /** Returns the server's address. */
    URI uri();

    /** Asks the server what it is, once for each client. */
    ServerInfo server();

    /** Delivers, finds and switches DAGs. */
    Dags dags();

    /** Starts, follows and reads runs. */
    Runs runs();

    /** Makes, finds and changes pools. */
    Pools pools();

    /** Makes, finds and changes variables. */
    Variables variables();

    /** Makes, finds and changes connections. */
    Connections connections();

    /** Tells how the server is, what it has, and what was done to it. */
    Monitoring monitoring();

    /** Finds assets, says that they were updated, and lets them be made. */
    Assets assets();

    /** Runs scheduled DAGs for dates that are past. */
    Backfills backfills();

    /** Finds the questions that runs ask people, and answers them. */
    Approvals approvals();

    /** Reads and writes the outputs of tasks. */
    XComs xcoms();

    /** Reads and writes what tasks keep from one try or run to the next. */
    StateStores states();

    /** Reads how the server understood DAGs: tasks, tags, links. */
    Catalog catalog();

    /**
     * Holds a DAG against the server before it is delivered, and writes nothing: providers, pools, connections and queues it needs, what its
     * dialect lacks, and whether its id is another's. Nothing is thrown for what is found; {@link PreflightReport#orThrow()} does that.
     */
    PreflightReport preflight(Dag dag);

    /** Calls what this client has no method for. */
    RawCalls raw();

    /** Builds a client. Not thread-safe. */
    interface Builder {
        /** Sets the server's address, path prefix included. */
        default Builder uri(String uri) {
            return uri(URI.create(uri));
        }

        /** Sets the server's address, path prefix included. */
        default Builder uri(URI uri) {
            return endpoint(e -> e.uri(uri));
        }

        /** Changes how the server is spoken to: credentials, certificates, proxy, headers, time limit. */
        Builder endpoint(Consumer<Endpoint.Builder> change);

        /** Changes the platform beneath: retries, time limits, listeners. */
        Builder platform(Consumer<MlPlatform.Builder> change);

        /** Sets the folder that Airflow reads DAGs from, as this program sees it. */
        default Builder dagsFolder(Path folder) {
            return publisher(DagPublisher.folder(folder));
        }

        /** Sets how DAGs get to where Airflow reads them. */
        Builder publisher(DagPublisher publisher);

        /**
         * Makes the client; opens no connection.
         *
         * @throws dev.fairlead.error.ConfigurationException if no address is known, or a source of settings cannot be used
         */
        AirflowClient build();
    }
}
