package dev.fairlead.testing;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.internal.config.Surroundings;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.testing.airflow.FakeAirflow;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.mlflow.FakeMlflow;
import dev.fairlead.testing.seldon.FakeSeldon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Is a whole machine-learning platform in this JVM: MLflow, Airflow, Kubernetes and Seldon Core as servers on real sockets of loopback, with the
 * semantics of the real ones, and inference servers that really run the models deployed. Nothing needs to be installed; an ONNX model needs
 * {@code com.microsoft.onnxruntime:onnxruntime} on the class path.
 *
 * <p>What is told to one is seen by the others: a task of a DAG that is a pod becomes a Pod of the cluster, and a model that was registered is
 * served from where MLflow keeps it. All threads are daemon: forgetting to close it holds no JVM.
 */
public final class EmbeddedPlatform implements AutoCloseable {
    private static final String ARTIFACTS = "s3://embedded";

    private final FakeMlflow mlflow;
    private final FakeAirflow airflow;
    private final FakeKube kubernetes;
    private final FakeSeldon seldon;
    private final MlPlatform platform;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();

    private EmbeddedPlatform(Builder builder) {
        Path folder = builder.folder.orElseGet(() -> temporary(closing));
        mlflow = own(FakeMlflow.builder()
                .clock(builder.clock)
                .persistTo(folder.resolve("mlflow"))
                .start());
        kubernetes = own(FakeKube.start(builder.clock));
        seldon = own(FakeSeldon.builder(kubernetes)
                .clock(builder.clock)
                .models(ARTIFACTS, mlflow.artifacts())
                .start());
        airflow = own(FakeAirflow.builder().clock(builder.clock).start());
        airflow.onTask(PodTask.class, new PodTasks(kubernetes.store(), builder.namespace, builder.clock));
        settings.put("mlflow.uri", mlflow.uri().toString());
        settings.put("mlflow.artifact-root", ARTIFACTS);
        settings.put("airflow.uri", airflow.uri().toString());
        settings.put("airflow.username", FakeAirflow.USER);
        settings.put("airflow.password", FakeAirflow.PASSWORD);
        settings.put("airflow.dags-dir", airflow.dagsLocation());
        settings.put("kubernetes.kubeconfig", kubernetes.kubeconfig().toString());
        settings.put("kubernetes.namespace", builder.namespace);
        settings.put("seldon.uri", seldon.gateway().toString());
        platform = own(connect(builder.clock));
    }

    private MlPlatform connect(Clock clock) {
        MlPlatform.Builder builder = MlPlatform.builder();
        settings.forEach(builder::setting);
        PlatformHooks hooks = PlatformHooks.of(builder).surroundings(Surroundings.nothing());
        if (clock instanceof VirtualClock virtual) {
            hooks.clock(virtual).sleeper(virtual::sleep);
        }
        return builder.build();
    }

    private <T extends AutoCloseable> T own(T resource) {
        closing.push(resource);
        return resource;
    }

    /** Starts a platform on the system's clock. */
    public static EmbeddedPlatform start() {
        return builder().start();
    }

    /** Starts the description of a platform. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the platform connected to all of it; it is closed with this. */
    public MlPlatform platform() {
        return platform;
    }

    /** Returns the MLflow tracking server. */
    public FakeMlflow mlflow() {
        return mlflow;
    }

    /** Returns the Airflow. */
    public FakeAirflow airflow() {
        return airflow;
    }

    /** Returns the Kubernetes API. */
    public FakeKube kubernetes() {
        return kubernetes;
    }

    /** Returns the Seldon Core operator and gateway. */
    public FakeSeldon seldon() {
        return seldon;
    }

    /** Returns what another process needs to connect, by the keys of {@code docs/config.md}. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Ends it; does nothing the second time. */
    @Override
    public void close() {
        while (!closing.isEmpty()) {
            try {
                closing.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the embedded platform cannot be closed", e);
            }
        }
    }

    @Override
    public String toString() {
        return "EmbeddedPlatform"
                + new TreeMap<>(settings.keySet().stream()
                        .filter(key -> !key.endsWith("password"))
                        .collect(Collectors.toMap(key -> key, settings::get)));
    }

    private static Path temporary(Deque<AutoCloseable> closing) {
        try {
            Path folder = Files.createTempDirectory("fairlead-embedded");
            closing.push(() -> delete(folder));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded platform cannot make its folder", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Runs a platform as a process of its own until its standard input ends, and writes its settings as {@code key=value} lines, then
     * {@code ready}. The only argument, if any, is the folder it keeps its data in.
     */
    public static void main(String[] arguments) throws IOException {
        Builder builder = builder();
        if (arguments.length > 0) {
            builder.folder(Path.of(arguments[0]));
        }
        try (EmbeddedPlatform embedded = builder.start()) {
            embedded.settings.forEach((key, value) -> System.out.println(key + "=" + value));
            System.out.println("ready");
            System.out.flush();
            while (System.in.read() >= 0) {
                // whoever started us holds our input open as long as we are wanted
            }
        }
    }

    /** Builds a platform. Not thread-safe. */
    public static final class Builder {
        private Clock clock = Clock.systemUTC();
        private String namespace = "default";
        private Optional<Path> folder = Optional.empty();

        private Builder() {}

        /** Sets the clock of the platform and its servers; on a {@link VirtualClock} waiting takes no time. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Sets the namespace used where none is named; {@code default} by default. */
        public Builder namespace(String namespace) {
            this.namespace = namespace;
            return this;
        }

        /** Sets the folder for what is kept; a temporary one, deleted on close, by default. */
        public Builder folder(Path folder) {
            this.folder = Optional.of(folder);
            return this;
        }

        /** Starts it. */
        public EmbeddedPlatform start() {
            return new EmbeddedPlatform(this);
        }
    }
}
