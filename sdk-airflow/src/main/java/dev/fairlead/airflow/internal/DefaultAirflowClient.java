package dev.fairlead.airflow.internal;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.Dags;
import dev.fairlead.airflow.Runs;
import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.internal.publish.Publishers;
import dev.fairlead.airflow.internal.rest3.TokenLogin;
import dev.fairlead.config.CallOptions;
import dev.fairlead.config.Endpoint;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.ServiceSpec;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The client. */
public final class DefaultAirflowClient implements AirflowClient {
    private static final String NAME = "airflow";

    private final PlatformSpi platform;
    /** Has no options yet. */
    private final HttpCalls base;

    private final CallOptions options;
    private final ServerProbe probe;
    private final @Nullable DagPublisher publisher;

    private DefaultAirflowClient(
            PlatformSpi platform,
            HttpCalls base,
            CallOptions options,
            ServerProbe probe,
            @Nullable DagPublisher publisher) {
        this.platform = platform;
        this.base = base;
        this.options = options;
        this.probe = probe;
        this.publisher = publisher;
    }

    /** Makes a client on a platform. */
    public static AirflowClient create(MlPlatform platform) {
        return create(platform, null);
    }

    private static AirflowClient create(MlPlatform platform, @Nullable DagPublisher publisher) {
        PlatformSpi spi = PlatformSpi.of(platform);
        AirflowErrors errors = new AirflowErrors();
        // the login goes to the same address, by a line that asks for no credentials
        HttpCalls plain = spi.http(new ServiceSpec(NAME, errors));
        TokenLogin login = new TokenLogin(spi.credentials(NAME), () -> plain, spi.clock());
        HttpCalls calls = spi.http(new ServiceSpec(NAME, errors, login));
        return new DefaultAirflowClient(spi, calls, CallOptions.NONE, new ServerProbe(plain), publisher);
    }

    /** Starts a client with a platform of its own. */
    public static AirflowClient.Builder builder() {
        return new Builder();
    }

    @Override
    public AirflowClient withOptions(UnaryOperator<CallOptions> change) {
        return new DefaultAirflowClient(platform, base, change.apply(options), probe, publisher);
    }

    @Override
    public URI uri() {
        return base.baseUri();
    }

    @Override
    public ServerInfo server() {
        return probe.info();
    }

    private ServerApi api() {
        return probe.api(base.with(options));
    }

    @Override
    public Dags dags() {
        return new DefaultDags(platform, this::api, probe, this::publisher);
    }

    @Override
    public Runs runs() {
        return new DefaultRuns(platform, this::api);
    }

    private Optional<DagPublisher> publisher() {
        return Optional.ofNullable(publisher)
                .or(() -> platform.setting(NAME, "dags-dir").map(Publishers::open));
    }

    @Override
    public String toString() {
        return "AirflowClient[" + uri() + "]";
    }

    private static final class Builder implements AirflowClient.Builder {
        private final Endpoint.Builder endpoint = Endpoint.builder();
        private final MlPlatform.Builder platform = MlPlatform.builder().withoutKubernetes();
        private @Nullable DagPublisher publisher;

        @Override
        public AirflowClient.Builder endpoint(Consumer<Endpoint.Builder> change) {
            change.accept(endpoint);
            return this;
        }

        @Override
        public AirflowClient.Builder platform(Consumer<MlPlatform.Builder> change) {
            change.accept(platform);
            return this;
        }

        @Override
        public AirflowClient.Builder publisher(DagPublisher publisher) {
            this.publisher = publisher;
            return this;
        }

        @Override
        public AirflowClient build() {
            return create(platform.endpoint(NAME, endpoint.build()).build(), publisher);
        }
    }
}
