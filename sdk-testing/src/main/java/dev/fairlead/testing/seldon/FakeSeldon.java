package dev.fairlead.testing.seldon;

import dev.fairlead.inference.Tensor;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.VirtualClock;
import dev.fairlead.testing.inference.FakeInferenceServer;
import dev.fairlead.testing.inference.ServedModel;
import dev.fairlead.testing.kube.FakeKube;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Plays Seldon Core 1 on a {@link FakeKube}: the admission webhook with the real one's words, the operator with the objects, names and states
 * of the real one, the cluster's part of a rollout on a clock, and a gateway that splits the traffic among inference servers which really run
 * the models. The same tests pass on it and on the real operator. Thread-safe.
 *
 * <p>All its threads are daemon: forgetting to close it holds no JVM.
 */
public final class FakeSeldon implements AutoCloseable {
    private static final long TICK_MILLIS = 20;

    private final Operator operator;
    private final ModelServers servers;
    private final Gateway gateway;
    private final Scripts scripts = new Scripts();
    private final ScheduledExecutorService ticker;
    private final List<AutoCloseable> listening;

    private FakeSeldon(Builder builder) {
        FakeKube kube = builder.kube;
        servers = new ModelServers(builder::resolve);
        kube.store().addKind(Operator.KIND);
        new Installation(builder.images).into(kube.store());
        kube.store().onAdmission(Operator.KIND, new Webhook(builder.images)::check);
        operator = new Operator(kube.store(), builder.clock, builder.rolloutTime, builder.images, servers, scripts);
        gateway = new Gateway(builder.port, kube.store(), operator, servers);
        kube.forwardPorts(this::address);
        ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "fairlead-fake-seldon");
            thread.setDaemon(true);
            return thread;
        });
        var unused = ticker.scheduleWithFixedDelay(operator::step, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        AutoCloseable onClock =
                builder.clock instanceof VirtualClock virtual ? virtual.onAdvance(operator::step) : () -> {};
        listening = List.of(onClock);
    }

    /** Starts one on the system's clock. */
    public static FakeSeldon start(FakeKube kube) {
        return builder(kube).start();
    }

    /** Starts the description of one. */
    public static Builder builder(FakeKube kube) {
        return new Builder(kube);
    }

    private Optional<InetSocketAddress> address(String namespace, String pod, int port) {
        return operator.ownerOf(namespace, pod)
                .flatMap(owner -> servers.find(namespace, owner[0], owner[1]))
                .map(server -> new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.uri().getPort()));
    }

    /** Returns the gateway's address: what {@code seldon.uri} is set to. */
    public URI gateway() {
        return gateway.server().uri();
    }

    /** Returns the script of what goes wrong next at the gateway. */
    public Faults gatewayFaults() {
        return gateway.server().faults();
    }

    /** Returns every request at the gateway so far, oldest first. */
    public List<RecordedRequest> gatewayRequests() {
        return gateway.server().journal().all();
    }

    /** Returns how many calls the gateway sent to a predictor. */
    public long calls(String namespace, String deployment, String predictor) {
        return gateway.calls(namespace, deployment, predictor);
    }

    /** Returns the inference server behind a predictor; empty before its first pod was ready. */
    public Optional<FakeInferenceServer> server(String namespace, String deployment, String predictor) {
        return servers.find(namespace, deployment, predictor);
    }

    /** Lets the pods of a predictor wait for an image that cannot be pulled, until {@link #heal}. */
    public FakeSeldon stuckPulling(String deployment, String predictor) {
        scripts.pod(deployment, predictor, new PodFault(PodFault.Kind.PULLING, ""));
        return this;
    }

    /** Lets the pods of a predictor find no node, for want of GPUs if they ask for one, until {@link #heal}. */
    public FakeSeldon unschedulable(String deployment, String predictor) {
        scripts.pod(deployment, predictor, new PodFault(PodFault.Kind.UNSCHEDULABLE, ""));
        return this;
    }

    /** Lets the pods of a predictor fail to fetch their model, with these lines in the log, until {@link #heal}. */
    public FakeSeldon modelUnreadable(String deployment, String predictor, String log) {
        scripts.pod(deployment, predictor, new PodFault(PodFault.Kind.MODEL, log));
        return this;
    }

    /** Lets the pods of a predictor end again and again, with these lines in the log, until {@link #heal}. */
    public FakeSeldon crashing(String deployment, String predictor, String log) {
        scripts.pod(deployment, predictor, new PodFault(PodFault.Kind.CRASH, log));
        return this;
    }

    /** Lets the pods of a predictor lack what they name, such as {@code secret "s3" not found}, until {@link #heal}. */
    public FakeSeldon misconfigured(String deployment, String predictor, String message) {
        scripts.pod(deployment, predictor, new PodFault(PodFault.Kind.CONFIGURATION, message));
        return this;
    }

    /** Lets the operator report a failure, until {@link #heal}. */
    public FakeSeldon fail(String deployment, String description) {
        scripts.fail(deployment, description);
        return this;
    }

    /** Ends every script of a deployment; its rollouts go on. */
    public FakeSeldon heal(String deployment) {
        scripts.heal(deployment);
        return this;
    }

    /** Stops operator, gateway and inference servers; the objects stay in the {@link FakeKube}. */
    @Override
    public void close() {
        ticker.shutdownNow();
        for (AutoCloseable each : listening) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("a listener cannot be taken off", e);
            }
        }
        gateway.close();
        servers.close();
    }

    @Override
    public String toString() {
        return "FakeSeldon[gateway " + gateway() + "]";
    }

    /** Builds one. Not thread-safe. */
    public static final class Builder {
        private final FakeKube kube;
        private final ServerImages images = new ServerImages();
        private final Map<String, Function<URI, ServedModel>> models = new LinkedHashMap<>();
        private Clock clock = Clock.systemUTC();
        private Duration rolloutTime = Duration.ofMillis(500);
        private int port;

        private Builder(FakeKube kube) {
            this.kube = kube;
        }

        /** Sets the clock that rollouts go by; a {@link VirtualClock} makes them instant for whoever sleeps on it. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Sets how long pods take until they are ready; half a second by default. */
        public Builder rolloutTime(Duration time) {
            rolloutTime = time;
            return this;
        }

        /** Sets the gateway's port; a free one by default. */
        public Builder gatewayPort(int port) {
            this.port = port;
            return this;
        }

        /** Says how model addresses that start so are loaded; what the function throws is a failure to fetch the model. */
        public Builder models(String prefix, Function<URI, ServedModel> load) {
            models.put(prefix, load);
            return this;
        }

        /** Says in which folder the models lie whose addresses start so. */
        public Builder models(String prefix, Path folder) {
            return models(prefix, uri -> {
                Path path = folder.resolve(
                                uri.toString().substring(prefix.length()).replaceFirst("^/+", ""))
                        .normalize();
                if (!path.startsWith(folder.normalize()) || !Files.exists(path)) {
                    throw new IllegalArgumentException("Failed to copy: directory not found: " + uri);
                }
                return ServedModel.load(path);
            });
        }

        /** Serves one model at every address that starts so. */
        public Builder model(String prefix, Function<List<Tensor>, List<Tensor>> function) {
            return models(prefix, uri -> ServedModel.of(function));
        }

        /** Adds a server of the cluster's own, as an entry of {@code seldon-config} does. */
        public Builder server(String implementation, String protocol, String image) {
            images.add(implementation, protocol, image);
            return this;
        }

        private ServedModel resolve(URI uri) {
            return models.entrySet().stream()
                    .filter(e -> uri.toString().startsWith(e.getKey()))
                    .findFirst()
                    .map(e -> e.getValue().apply(uri))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Failed to copy: directory not found: " + uri + " (known here: " + models.keySet() + ")"));
        }

        /** Starts it. */
        public FakeSeldon start() {
            return new FakeSeldon(this);
        }
    }
}
