package dev.fairlead.testing.inference;

import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.internal.http.FaultScript;
import dev.fairlead.testing.internal.http.LocalServer;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Is an inference server inside this JVM, on a real socket of loopback. It speaks the Open Inference Protocol as MLServer 1.7.1 does, its three
 * kinds of error included, and really runs its models: ONNX files or Java functions. The same tests pass on it and on the real server.
 * Thread-safe.
 *
 * <p>{@code try (FakeInferenceServer server = FakeInferenceServer.builder().model("flights", ServedModel.load(path)).start()) { … }}
 *
 * <p>All its threads are daemon: forgetting to close it holds no JVM.
 */
public final class FakeInferenceServer implements AutoCloseable {
    private final V2Routes routes;
    private final LocalServer server;

    private FakeInferenceServer(Builder builder) {
        routes = new V2Routes(builder.debug);
        builder.models.forEach(this::load);
        server = LocalServer.start(
                "inference",
                builder.port,
                routes.routes(),
                new FaultScript(V2Routes::error),
                (call, e) -> routes.onError(e));
    }

    /** Starts a server without models on a free port. */
    public static FakeInferenceServer start() {
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

    /** Loads a model, or replaces the one of this name; the server closes it. */
    public FakeInferenceServer load(String name, ServedModel model) {
        return load(name, "v1", model);
    }

    /** Loads a model in a version, or replaces the one of this name; the server closes it. */
    public FakeInferenceServer load(String name, String version, ServedModel model) {
        close(routes.models().put(name, new V2Routes.Served(name, version, model, new LongAdder())));
        return this;
    }

    /** Unloads a model; the server stays ready, as MLServer does. */
    public FakeInferenceServer unload(String name) {
        close(routes.models().remove(name));
        return this;
    }

    private static void close(V2Routes.@Nullable Served served) {
        if (served != null) {
            served.model().close();
        }
    }

    /** Returns the names of the models. */
    public Set<String> models() {
        return new TreeSet<>(routes.models().keySet());
    }

    /** Returns how many inferences a model has answered; 0 for one that is not there. */
    public long inferences(String model) {
        V2Routes.Served served = routes.models().get(model);
        return served == null ? 0 : served.inferences().sum();
    }

    /** Says whether the server reports that it is ready; it does when it starts. */
    public FakeInferenceServer ready(boolean ready) {
        routes.ready(ready);
        return this;
    }

    /** Returns the script of what goes wrong next. */
    public Faults faults() {
        return server.faults();
    }

    /** Answers the next calls of an operation, such as {@code infer}, with an error status. */
    public FakeInferenceServer failNext(String operation, int status, int times) {
        faults().failNext(operation, status, times);
        return this;
    }

    /** Lets the next call of an operation wait. */
    public FakeInferenceServer delayNext(String operation, Duration delay) {
        faults().delayNext(operation, delay, 1);
        return this;
    }

    /** Acts on the next call of an operation, and cuts the connection before the answer. */
    public FakeInferenceServer dropNextReply(String operation) {
        faults().dropNextReply(operation, 1);
        return this;
    }

    /** Returns every request so far, oldest first, at most the last 100,000. */
    public List<RecordedRequest> requests() {
        return server.journal().all();
    }

    /** Returns the requests of one operation, such as {@code infer}. */
    public List<RecordedRequest> requests(String operation) {
        return server.journal().of(operation);
    }

    /** Stops the server and closes its models. */
    @Override
    public void close() {
        server.close();
        List.copyOf(routes.models().keySet()).forEach(this::unload);
    }

    @Override
    public String toString() {
        return "FakeInferenceServer[" + uri() + ", models " + models() + "]";
    }

    /** Builds a server. Not thread-safe. */
    public static final class Builder {
        private final Map<String, ServedModel> models = new LinkedHashMap<>();
        private int port;
        private boolean debug = true;

        private Builder() {}

        /** Sets the port on loopback; a free one by default. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Adds a model. */
        public Builder model(String name, ServedModel model) {
            models.put(name, model);
            return this;
        }

        /** Says whether a failing model is answered with its traceback, as MLServer does by default, or with three words. */
        public Builder debug(boolean debug) {
            this.debug = debug;
            return this;
        }

        /** Starts the server. */
        public FakeInferenceServer start() {
            return new FakeInferenceServer(this);
        }
    }
}
