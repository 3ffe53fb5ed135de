package dev.fairlead.testing.airflow;

import dev.fairlead.airflow.dag.BashTask;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.EmptyTask;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.internal.airflow.AirflowRoutes;
import dev.fairlead.testing.internal.airflow.AirflowState;
import dev.fairlead.testing.internal.airflow.FakePublisher;
import dev.fairlead.testing.internal.airflow.FakePublisherFactory;
import dev.fairlead.testing.internal.airflow.Tokens;
import dev.fairlead.testing.internal.http.FaultScript;
import dev.fairlead.testing.internal.http.LocalServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Is an Airflow inside this JVM, on a real socket of loopback, with the answers and oddities of Airflow 3.3. It reads no Python: our own publisher
 * brings it each DAG's file together with the model, and it walks that model. The same tests pass on it and on the real server. Thread-safe.
 *
 * <p>Tasks succeed after a moment of the clock, unless a script says otherwise ({@link #onTrigger}) or a handler plays them ({@link #onTask}).
 * Nothing is started by a schedule. All its threads are daemon: forgetting to close it holds no JVM.
 *
 * <pre>{@code
 * try (FakeAirflow fake = FakeAirflow.start()) {
 *     AirflowClient airflow = AirflowClient.builder().uri(fake.uri())
 *             .endpoint(e -> e.basic(FakeAirflow.USER, FakeAirflow.PASSWORD)).publisher(fake.publisher()).build();
 * }
 * }</pre>
 */
public final class FakeAirflow implements AutoCloseable {
    /** The user who may do everything. */
    public static final String USER = "admin";
    /** The user who may only read. */
    public static final String VIEWER = "viewer";
    /** The password of both. */
    public static final String PASSWORD = "admin";

    private static final String OWN = "/fairlead/";

    private final LocalServer server;
    private final AirflowState state;
    private final Tokens tokens;

    private FakeAirflow(Builder builder) {
        state = new AirflowState(builder.clock, builder.parseDelay, builder.taskDuration);
        tokens = new Tokens(
                Map.of(
                        USER, new Tokens.User(USER, PASSWORD, true),
                        VIEWER, new Tokens.User(VIEWER, PASSWORD, false)),
                builder.everybody,
                builder.clock,
                builder.tokenLife);
        server = LocalServer.start(
                "airflow",
                builder.port,
                new AirflowRoutes(state, tokens, builder.version).routes(),
                new FaultScript(AirflowRoutes::error),
                (call, e) -> AirflowRoutes.onError(e));
    }

    /** Starts an empty server on a free port. */
    public static FakeAirflow start() {
        return builder().start();
    }

    /** Starts the description of a server. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns its address. */
    public URI uri() {
        return server.uri();
    }

    /** Returns the publisher that brings DAGs here. */
    public DagPublisher publisher() {
        return new FakePublisher(uri());
    }

    /** Returns what the setting {@code airflow.dags-dir} names this server by, also in another process that has fairlead-testing. */
    public String dagsLocation() {
        return FakePublisherFactory.PREFIX + uri();
    }

    /** Returns the script of a DAG's runs. */
    public DagScript onTrigger(String dagId) {
        return state.scripts().of(dagId);
    }

    /** Plays all tasks of a kind, such as {@code PodTask.class}; a DAG's script comes before it. */
    public FakeAirflow onTask(Class<? extends Task> kind, TaskHandler handler) {
        state.scripts().onOperator(operator(kind), handler);
        return this;
    }

    private static String operator(Class<? extends Task> kind) {
        if (PodTask.class.isAssignableFrom(kind)) {
            return "KubernetesPodOperator";
        }
        if (BashTask.class.isAssignableFrom(kind)) {
            return "BashOperator";
        }
        if (PythonTask.class.isAssignableFrom(kind)) {
            return "PythonOperator";
        }
        if (EmptyTask.class.isAssignableFrom(kind)) {
            return "EmptyOperator";
        }
        throw new IllegalArgumentException("name one kind of task, such as PodTask.class, not " + kind.getSimpleName());
    }

    /** Knows an asset from now on, by the ids of the DAGs that make it and of those that it starts. */
    public FakeAirflow addAsset(String name, String uri, List<String> producers, List<String> consumers) {
        state.addAsset(name, uri, producers, consumers);
        return this;
    }

    /** Lets a part, such as {@code dag_processor}, be unhealthy. */
    public FakeAirflow breakPart(String part) {
        state.down(part, true);
        return this;
    }

    /** Lets a part be healthy again. */
    public FakeAirflow mendPart(String part) {
        state.down(part, false);
        return this;
    }

    /** Changes the file of a DAG where it stands, as somebody by hand does. */
    public FakeAirflow editFile(String dagId, UnaryOperator<String> change) {
        state.edit(dagId, change);
        return this;
    }

    /** Forgets all tokens, as a restart with another secret does. */
    public FakeAirflow forgetTokens() {
        tokens.forget();
        return this;
    }

    /** Returns the script of what goes wrong next. */
    public Faults faults() {
        return server.faults();
    }

    /** Answers the next calls of an operation, such as {@code dagRuns}, with an error status. */
    public FakeAirflow failNext(String operation, int status, int times) {
        faults().failNext(operation, status, times);
        return this;
    }

    /** Lets the next call of an operation wait. */
    public FakeAirflow delayNext(String operation, Duration delay) {
        faults().delayNext(operation, delay, 1);
        return this;
    }

    /** Acts on the next call of an operation, and cuts the connection before the answer. */
    public FakeAirflow dropNextReply(String operation) {
        faults().dropNextReply(operation, 1);
        return this;
    }

    /** Returns every request so far but those of our publisher, oldest first, at most the last 100,000. */
    public List<RecordedRequest> requests() {
        return server.journal().all().stream()
                .filter(r -> !r.path().startsWith(OWN))
                .toList();
    }

    /** Returns the requests of one operation, such as {@code POST dagRuns}. */
    public List<RecordedRequest> requests(String operation) {
        return server.journal().of(operation);
    }

    /** Forgets the requests so far. */
    public void forgetRequests() {
        server.journal().clear();
    }

    /** Stops the server. */
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "FakeAirflow[" + uri() + "]";
    }

    /** Describes the server to start. Not thread-safe. */
    public static final class Builder {
        private int port;
        private Clock clock = Clock.systemUTC();
        private Duration parseDelay = Duration.ofMillis(100);
        private Duration taskDuration = Duration.ofMillis(100);
        private Duration tokenLife = Duration.ofHours(24);
        private boolean everybody;
        private String version = "3.3.2";

        private Builder() {}

        /** Sets the port on loopback; a free one by default. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Sets the clock that everything here happens on; the system's by default. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Sets how long a changed file stays unseen; 100 ms by default. */
        public Builder parseDelay(Duration delay) {
            this.parseDelay = delay;
            return this;
        }

        /** Sets how long a task takes that no script says otherwise of; 100 ms by default. */
        public Builder taskDuration(Duration duration) {
            this.taskDuration = duration;
            return this;
        }

        /** Sets how long a token lives; 24 hours by default. */
        public Builder tokenLife(Duration life) {
            this.tokenLife = life;
            return this;
        }

        /** Gives a token to everybody, as {@code simple_auth_manager_all_admins} does. */
        public Builder letEverybodyIn() {
            this.everybody = true;
            return this;
        }

        /** Sets the version it says it is; 3.3.2 by default. */
        public Builder version(String version) {
            this.version = version;
            return this;
        }

        /** Starts the server. */
        public FakeAirflow start() {
            return new FakeAirflow(this);
        }
    }
}
