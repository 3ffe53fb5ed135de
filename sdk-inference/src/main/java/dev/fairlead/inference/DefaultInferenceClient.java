package dev.fairlead.inference;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.config.CallOptions;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.inference.internal.InferenceErrors;
import dev.fairlead.inference.internal.InferenceWire;
import dev.fairlead.inference.internal.JsonEncoding;
import dev.fairlead.inference.internal.MetadataCheck;
import dev.fairlead.inference.internal.RestWire;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.spi.ServiceSpec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The client over any wire. */
final class DefaultInferenceClient implements InferenceClient {
    private static final Duration FIRST_LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final InferenceWire wire;
    private final Poller poller;
    private final CallOptions options;
    private final boolean safe;
    private final String what;

    private DefaultInferenceClient(InferenceWire wire, Poller poller, CallOptions options, boolean safe, String what) {
        this.wire = wire;
        this.poller = poller;
        this.options = options;
        this.safe = safe;
        this.what = what;
    }

    @Override
    public InferenceResponse infer(InferenceRequest request) {
        InferenceRequest asked =
                safe && !request.safe() ? request.toBuilder().safe(true).build() : request;
        try {
            return wire.infer(asked);
        } catch (ServiceException e) {
            throw explained(e, asked);
        }
    }

    /** Servers answer a tensor of the wrong shape with a bare 500: what differs from the model's metadata is the likelier cause. */
    private ServiceException explained(ServiceException e, InferenceRequest request) {
        if (e.status() != 500) {
            return e;
        }
        List<String> differences;
        try {
            differences = MetadataCheck.differences(request, wire.metadata(request.model()));
        } catch (MlPlatformException nothingToCompareWith) {
            return e;
        }
        if (differences.isEmpty()) {
            return e;
        }
        ServiceException explained = new InvalidRequestException(
                e.details(),
                "the model '" + request.model() + "' takes something else: " + String.join("; ", differences));
        explained.addSuppressed(e);
        return explained;
    }

    @Override
    public InferenceModel model(String name) {
        return new BoundModel(this, name);
    }

    @Override
    public ModelMetadata metadata(String model) {
        return wire.metadata(model);
    }

    @Override
    public ServerMetadata metadata() {
        return wire.metadata();
    }

    @Override
    public boolean live() {
        return wire.live();
    }

    @Override
    public boolean ready() {
        return wire.ready();
    }

    @Override
    public boolean ready(String model) {
        return wire.ready(model);
    }

    @Override
    public Operation<ModelMetadata> whenReady(String model) {
        return poller.operation(new Poller.Spec<>(
                model,
                "inference model " + model + " at " + what,
                deadline -> look(model),
                FIRST_LOOK,
                LONGEST_PAUSE,
                null));
    }

    private Seen<ModelMetadata> look(String model) {
        try {
            return wire.ready(model) ? new Seen.Done<>(wire.metadata(model)) : new Seen.Pending<>("not ready", "");
        } catch (TransportException | UnavailableException e) {
            return new Seen.Pending<>("not reachable", String.valueOf(e.getMessage()));
        } catch (NotFoundException e) {
            return new Seen.Pending<>("not there", "");
        }
    }

    @Override
    public InferenceClient safe() {
        return new DefaultInferenceClient(wire, poller, options, true, what);
    }

    @Override
    public InferenceClient withOptions(UnaryOperator<CallOptions> change) {
        CallOptions changed = change.apply(options);
        return new DefaultInferenceClient(wire.with(changed), poller, changed, safe, what);
    }

    @Override
    public String toString() {
        return "InferenceClient[" + what + "]";
    }

    private record BoundModel(InferenceClient client, String name) implements InferenceModel {
        @Override
        public InferenceResponse infer(Tensor... inputs) {
            return client.infer(name, inputs);
        }

        @Override
        public ModelMetadata metadata() {
            return client.metadata(name);
        }

        @Override
        public boolean ready() {
            return client.ready(name);
        }

        @Override
        public Operation<ModelMetadata> whenReady() {
            return client.whenReady(name);
        }

        @Override
        public InferenceModel safe() {
            return client.safe().model(name);
        }
    }

    /** Makes clients. */
    static final class Builder implements InferenceClient.Builder {
        private @Nullable MlPlatform platform;
        private @Nullable URI uri;
        private @Nullable String service;
        private String path = "";
        private @Nullable CredentialsProvider credentials;

        @Override
        public InferenceClient.Builder platform(MlPlatform given) {
            platform = given;
            return this;
        }

        @Override
        public InferenceClient.Builder uri(URI given) {
            uri = given;
            return this;
        }

        @Override
        public InferenceClient.Builder service(String given) {
            service = given;
            return this;
        }

        @Override
        public InferenceClient.Builder path(String given) {
            path = given;
            return this;
        }

        @Override
        public InferenceClient.Builder credentials(CredentialsProvider given) {
            credentials = given;
            return this;
        }

        @Override
        public InferenceClient build() {
            check();
            MlPlatform root = platform != null
                    ? platform
                    : MlPlatform.builder().withoutKubernetes().build();
            PlatformSpi spi = PlatformSpi.of(root);
            HttpCalls calls = service != null
                    ? spi.http(new ServiceSpec(service, new InferenceErrors(), credentials))
                    : spi.http(new ServiceSpec("inference", new InferenceErrors(), credentials), address());
            String prefix = path.replaceAll("/+$", "");
            return new DefaultInferenceClient(
                    new RestWire(calls, prefix, new JsonEncoding()),
                    spi.poller(),
                    CallOptions.NONE,
                    false,
                    calls.baseUri() + prefix);
        }

        private URI address() {
            return Objects.requireNonNull(uri);
        }

        private void check() {
            List<Problem> problems = new ArrayList<>();
            if ((uri == null) == (service == null)) {
                problems.add(new Problem(
                        "uri", "or service must be set, and not both", uri == null ? "not set" : uri.toString()));
            } else if (uri != null) {
                boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (!http || uri.getHost() == null) {
                    problems.add(new Problem("uri", "must be an http or https address with a host", uri.toString()));
                }
            }
            if (!path.isEmpty() && !path.startsWith("/")) {
                problems.add(new Problem("path", "must begin with /", path));
            }
            if (!problems.isEmpty()) {
                throw new InvalidValueException("InferenceClient", problems);
            }
        }
    }
}
