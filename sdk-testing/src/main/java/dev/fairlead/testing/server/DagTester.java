package dev.fairlead.testing.server;

import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.spi.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs DAGs in a real Airflow without a server, as its {@code airflow dags test} does: each is rendered, parsed and run once, its tasks one after
 * the other in one process. A JUnit 5 extension; thread-safe.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final DagTester AIRFLOW = DagTester.airflow("3.3.2");
 *
 * @Test
 * void nightly_withThreeRows_scoresThem() {
 *     DagTestRun run = AIRFLOW.test(nightly(), t -> t.conf(Map.of("rows", 3)).assume("train"));
 *     assertThat(run.state()).isEqualTo(DagRunState.SUCCESS);
 *     assertThat(run.task("score").output()).hasValue(3);
 * }
 * }</pre>
 *
 * <p>The first use of a version installs it, see {@link PythonEnvironments}; a run takes about ten seconds. Tasks wait for nothing but their retries:
 * a sensor in a test should find what it waits for.
 */
public final class DagTester implements AfterAllCallback, AutoCloseable {
    private static final String SCRIPT = "dag_test.py";

    private final String version;
    private @Nullable Path folder;
    private int runs;

    private DagTester(String version) {
        this.version = version;
    }

    /**
     * Chooses the Airflow.
     *
     * @param version one of those that {@link PythonEnvironments} installs, such as {@code 3.3.2}
     */
    public static DagTester airflow(String version) {
        return new DagTester(version);
    }

    /** Says how a DAG is tested. Not thread-safe. */
    public static final class Settings {
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<String> assumed = new ArrayList<>();
        private Map<String, Object> conf = Map.of();
        private String logicalDate = "";
        private Duration timeout = Duration.ofMinutes(5);

        private Settings() {}

        /** Sets the configuration of the run, which the parameters of the DAG must allow, see {@link Dag#checkConf}. */
        public Settings conf(Map<String, ?> values) {
            conf = Map.copyOf(values);
            return this;
        }

        /** Sets the logical date of the run. Default: now. */
        public Settings logicalDate(Instant date) {
            logicalDate = date.toString().replace("Z", "+00:00");
            return this;
        }

        /** Takes tasks for successful without running them, such as pods; their ids have those of their groups in front. */
        public Settings assume(String... taskIds) {
            assumed.addAll(List.of(taskIds));
            return this;
        }

        /** Sets an Airflow variable. */
        public Settings variable(String key, String value) {
            return env("AIRFLOW_VAR_" + key.toUpperCase(Locale.ROOT), value);
        }

        /** Sets an Airflow connection, as the URI or the JSON that Airflow reads. */
        public Settings connection(String id, String value) {
            return env("AIRFLOW_CONN_" + id.toUpperCase(Locale.ROOT), value);
        }

        /** Sets a variable of the process. */
        public Settings env(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Sets how long the whole run may take. Default: five minutes. */
        public Settings timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        private String pattern() {
            return assumed.isEmpty()
                    ? ""
                    : assumed.stream().map(id -> id.replace(".", "\\.")).collect(Collectors.joining("|", "^(", ")$"));
        }
    }

    /** Runs a DAG as it is. */
    public DagTestRun test(Dag dag) {
        return test(dag, settings -> {});
    }

    /**
     * Runs a DAG.
     *
     * @throws dev.fairlead.error.InvalidValueException if the parameters of the DAG forbid the configuration
     * @throws AssertionError if Airflow cannot import its file; the message is Airflow's
     * @throws ServerException if the run does not end in time, or Airflow cannot be installed
     */
    public DagTestRun test(Dag dag, Consumer<Settings> change) {
        Settings settings = new Settings();
        change.accept(settings);
        dag.checkConf(settings.conf);
        PythonEnvironment python = PythonEnvironments.open().require("airflow-" + version);
        Path home = home();
        AirflowHome airflow = new AirflowHome(python, version, home, false);
        airflow.copyDatabase();
        RenderedDag rendered = dag.render(Dialect.of(version));
        Path dags = Folders.create(home.resolve("dags"));
        Folders.write(dags.resolve(rendered.fileName()), rendered.source());
        Path script = Folders.write(home.resolve(SCRIPT), Folders.resource(SCRIPT));
        Path answer = home.resolve("answer.json");
        Map<String, String> environment = new HashMap<>(airflow.withoutServer(dags));
        environment.putAll(settings.environment);
        String log = python.python(
                settings.timeout,
                environment,
                script.toString(),
                dags.toString(),
                dag.id(),
                JsonCodec.camelCase().text(settings.conf),
                settings.logicalDate,
                settings.pattern(),
                answer.toString());
        return read(
                JsonCodec.camelCase()
                        .object(Folders.read(answer).getBytes(StandardCharsets.UTF_8), "the test's answer"),
                log);
    }

    private static DagTestRun read(Map<String, Object> answer, String log) {
        if (answer.get("problem") != null) {
            throw new AssertionError("Airflow cannot import the DAG's file: " + answer.get("problem"));
        }
        Stream<Map<?, ?>> tasks =
                ((List<?>) answer.getOrDefault("tasks", List.of())).stream().map(t -> (Map<?, ?>) t);
        return new DagTestRun(
                DagRunState.of(String.valueOf(answer.get("state"))),
                tasks.map(DagTester::task)
                        .sorted(Comparator.comparing(DagTestRun.Task::id).thenComparing(DagTestRun.Task::mapIndex))
                        .toList(),
                log);
    }

    private static DagTestRun.Task task(Map<?, ?> task) {
        Object state = task.get("state");
        return new DagTestRun.Task(
                String.valueOf(task.get("id")),
                task.get("mapIndex") instanceof Number n ? n.intValue() : -1,
                state == null ? TaskState.NONE : TaskState.of(state.toString()),
                Optional.ofNullable(task.get("output")));
    }

    /** Gives each run a folder of its own, so that they share no database. */
    private synchronized Path home() {
        if (folder == null) {
            folder = Folders.temporary("dag-test");
        }
        return Folders.create(folder.resolve("run-" + ++runs));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    /** Deletes what the runs left. */
    @Override
    public synchronized void close() {
        if (folder != null) {
            Folders.delete(folder);
            folder = null;
        }
    }
}
