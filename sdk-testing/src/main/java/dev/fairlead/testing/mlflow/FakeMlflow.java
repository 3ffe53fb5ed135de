package dev.fairlead.testing.mlflow;

import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.internal.http.FaultScript;
import dev.fairlead.testing.internal.http.LocalServer;
import dev.fairlead.testing.internal.http.Routes;
import dev.fairlead.testing.internal.mlflow.MlflowRoutes;
import dev.fairlead.testing.internal.mlflow.MlflowState;
import dev.fairlead.testing.internal.mlflow.UserRoutes;
import dev.fairlead.testing.internal.mlflow.WorkspaceRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Is an MLflow tracking server inside this JVM, on a real socket of loopback: experiments, runs, artifacts, the model registry, on request
 * workspaces or users, with the answers, limits and oddities of MLflow 3.17. The same tests pass on it and on the real server. Thread-safe.
 *
 * <p>{@code try (FakeMlflow mlflow = FakeMlflow.start()) { MlflowClient.builder().trackingUri(mlflow.uri()).build() … }}
 *
 * <p>All its threads are daemon: forgetting to close it holds no JVM.
 */
public final class FakeMlflow implements AutoCloseable {
    private final LocalServer server;
    private final MlflowState state;
    private final @Nullable Path temporary;
    private final Path artifacts;

    private FakeMlflow(Builder builder) {
        try {
            Path folder = builder.folder;
            Path base = folder == null
                    ? Files.createTempDirectory("fairlead-fake-mlflow")
                    : Files.createDirectories(folder);
            temporary = folder == null ? base : null;
            artifacts = base.resolve("artifacts");
            state = builder.workspaces
                    ? WorkspaceRoutes.firstState(builder.clock)
                    : new MlflowState(builder.clock, folder == null ? null : base.resolve("journal.jsonl"));
            server = LocalServer.start(
                    "mlflow",
                    builder.port,
                    routes(builder),
                    new FaultScript(MlflowRoutes::error),
                    (call, e) -> MlflowRoutes.onError(e));
        } catch (IOException e) {
            throw new UncheckedIOException("the fake MLflow cannot make its folder", e);
        }
    }

    private Routes routes(Builder builder) {
        boolean before3 = builder.version.startsWith("2.");
        Function<MlflowState, Routes> each = inside -> new MlflowRoutes(
                        inside, artifacts, builder.version, builder.authorization, builder.allowedHosts)
                .routes();
        WorkspaceRoutes workspaces = new WorkspaceRoutes(builder.workspaces, before3, builder.clock, state, each);
        Routes all = workspaces.routes();
        return builder.admin == null
                ? all
                : new UserRoutes(builder.admin, builder.password, all, workspaces, before3).routes();
    }

    /** Starts an empty server on a free port. */
    public static FakeMlflow start() {
        return builder().start();
    }

    /** Starts the description of a server. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns its address, the tracking URI. */
    public URI uri() {
        return server.uri();
    }

    /** Returns the folder of the artifacts: {@code mlflow-artifacts:/1/a/artifacts} is its {@code 1/a/artifacts}. */
    public Path artifacts() {
        return artifacts;
    }

    /** Returns the script of what goes wrong next. */
    public Faults faults() {
        return server.faults();
    }

    /** Answers the next calls of an operation, such as {@code runs/log-batch}, with an error status. */
    public FakeMlflow failNext(String operation, int status, int times) {
        faults().failNext(operation, status, times);
        return this;
    }

    /** Lets the next call of an operation wait. */
    public FakeMlflow delayNext(String operation, Duration delay) {
        faults().delayNext(operation, delay, 1);
        return this;
    }

    /** Acts on the next call of an operation, and cuts the connection before the answer. */
    public FakeMlflow dropNextReply(String operation) {
        faults().dropNextReply(operation, 1);
        return this;
    }

    /** Returns every request so far, oldest first, at most the last 100,000. */
    public List<RecordedRequest> requests() {
        return server.journal().all();
    }

    /** Returns the requests of one operation, such as {@code runs/create}. */
    public List<RecordedRequest> requests(String operation) {
        return server.journal().of(operation);
    }

    /** Forgets the requests so far. */
    public void forgetRequests() {
        server.journal().clear();
    }

    /** Returns a registered model's aliases with the versions they point at; empty where there is no such model. */
    public Map<String, String> aliases(String model) {
        return state.aliases(model);
    }

    /** Returns how many runs there are, deleted ones included. */
    public int runCount() {
        return state.runCount();
    }

    /** Returns how many experiments there are, deleted ones and {@code Default} included. */
    public int experimentCount() {
        return state.experimentCount();
    }

    /** Returns how many rows a metric of a run has. */
    public int metricRows(String runId, String key) {
        return state.metricRows(runId, key);
    }

    /** Stops the server; what it kept is deleted unless {@link Builder#persistTo} named a folder. */
    @Override
    public void close() {
        server.close();
        if (temporary != null && Files.exists(temporary)) {
            try (Stream<Path> all = Files.walk(temporary)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the fake MLflow cannot delete its folder " + temporary, e);
            }
        }
    }

    @Override
    public String toString() {
        return "FakeMlflow[" + uri() + "]";
    }

    /** Builds a server. Not thread-safe. */
    public static final class Builder {
        private int port;
        private @Nullable Path folder;
        private Clock clock = Clock.systemUTC();
        private String version = "3.17.2";
        private @Nullable String authorization;
        private @Nullable String admin;
        private String password = "";
        private boolean workspaces;
        private final Set<String> allowedHosts = new LinkedHashSet<>();

        private Builder() {}

        /** Sets the port on loopback; a free one by default. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Keeps everything in a folder, from which another process goes on; by default it is gone when the server is closed. */
        public Builder persistTo(Path folder) {
            this.folder = folder;
            return this;
        }

        /** Sets the server's clock. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Sets the version it claims; {@code 3.17.2} by default. */
        public Builder version(String version) {
            this.version = version;
            return this;
        }

        /**
         * Lets only users in, as MLflow's basic-auth does: at first this one, who is the administrator and may make others. Everybody may
         * look; what more a user may do is given by permissions and roles. They last as long as the server.
         */
        public Builder basicAuth(String username, String password) {
            this.admin = username;
            this.password = password;
            return this;
        }

        /** Separates workspaces; what is in them lasts as long as the server. */
        public Builder workspaces() {
            this.workspaces = true;
            return this;
        }

        /** Lets only the bearer of this token in. */
        public Builder bearer(String token) {
            this.authorization = "Bearer " + token;
            return this;
        }

        /** Accepts calls by this name, besides local addresses, as {@code MLFLOW_SERVER_ALLOWED_HOSTS} does. */
        public Builder allowHost(String host) {
            allowedHosts.add(host);
            return this;
        }

        /** Starts the server. */
        public FakeMlflow start() {
            return new FakeMlflow(this);
        }
    }
}
