package dev.fairlead.airflow.internal;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.Approvals;
import dev.fairlead.airflow.Assets;
import dev.fairlead.airflow.Backfills;
import dev.fairlead.airflow.Catalog;
import dev.fairlead.airflow.Dags;
import dev.fairlead.airflow.PreflightReport;
import dev.fairlead.airflow.RawCalls;
import dev.fairlead.airflow.Runs;
import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.StateStores;
import dev.fairlead.airflow.XComs;
import dev.fairlead.airflow.admin.Connections;
import dev.fairlead.airflow.admin.Monitoring;
import dev.fairlead.airflow.admin.Pools;
import dev.fairlead.airflow.admin.Variables;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.internal.publish.Publishers;
import dev.fairlead.airflow.internal.rest3.TokenLogin;
import dev.fairlead.airflow.internal.surface.DefaultApprovals;
import dev.fairlead.airflow.internal.surface.DefaultAssets;
import dev.fairlead.airflow.internal.surface.DefaultBackfills;
import dev.fairlead.airflow.internal.surface.DefaultCatalog;
import dev.fairlead.airflow.internal.surface.DefaultConnections;
import dev.fairlead.airflow.internal.surface.DefaultMonitoring;
import dev.fairlead.airflow.internal.surface.DefaultPools;
import dev.fairlead.airflow.internal.surface.DefaultRawCalls;
import dev.fairlead.airflow.internal.surface.DefaultStateStores;
import dev.fairlead.airflow.internal.surface.DefaultVariables;
import dev.fairlead.airflow.internal.surface.DefaultXComs;
import dev.fairlead.airflow.internal.surface.Preflight;
import dev.fairlead.airflow.internal.surface.RunSurface;
import dev.fairlead.airflow.internal.surface.Surface;
import dev.fairlead.config.CallOptions;
import dev.fairlead.config.Endpoint;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.ServiceSpec;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    private final RunWaits waits;
    private final Supplier<Optional<DagPublisher>> publisher;

    private DefaultAirflowClient(
            PlatformSpi platform,
            HttpCalls base,
            CallOptions options,
            ServerProbe probe,
            RunWaits waits,
            Supplier<Optional<DagPublisher>> publisher) {
        this.platform = platform;
        this.base = base;
        this.options = options;
        this.probe = probe;
        this.waits = waits;
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
        ServerProbe probe = new ServerProbe(plain);
        TokenLogin login = new TokenLogin(spi.credentials(NAME), () -> plain, spi.clock(), probe::takesPasswords);
        HttpCalls calls = spi.http(new ServiceSpec(NAME, errors, login));
        RunWaits waits = new RunWaits(spi, () -> probe.api(calls));
        return new DefaultAirflowClient(spi, calls, CallOptions.NONE, probe, waits, place(spi, publisher));
    }

    /** Starts a client with a platform of its own. */
    public static AirflowClient.Builder builder() {
        return new Builder();
    }

    @Override
    public AirflowClient withOptions(UnaryOperator<CallOptions> change) {
        return new DefaultAirflowClient(platform, base, change.apply(options), probe, waits, publisher);
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
        return new DefaultDags(platform, this::api, probe, publisher);
    }

    @Override
    public Runs runs() {
        return new DefaultRuns(this::api, waits, () -> new RunSurface(surface()));
    }

    private Surface surface() {
        return new Surface(base.with(options), probe::info, platform);
    }

    @Override
    public Pools pools() {
        return new DefaultPools(surface());
    }

    @Override
    public Variables variables() {
        return new DefaultVariables(surface());
    }

    @Override
    public Connections connections() {
        return new DefaultConnections(surface());
    }

    @Override
    public Monitoring monitoring() {
        return new DefaultMonitoring(surface());
    }

    @Override
    public Assets assets() {
        return new DefaultAssets(surface(), this::runs);
    }

    @Override
    public Backfills backfills() {
        return new DefaultBackfills(surface());
    }

    @Override
    public Approvals approvals() {
        return new DefaultApprovals(surface());
    }

    @Override
    public XComs xcoms() {
        return new DefaultXComs(surface());
    }

    @Override
    public StateStores states() {
        return new DefaultStateStores(surface());
    }

    @Override
    public Catalog catalog() {
        return new DefaultCatalog(surface());
    }

    @Override
    public PreflightReport preflight(Dag dag) {
        return Preflight.check(surface(), dags(), dag);
    }

    @Override
    public RawCalls raw() {
        return new DefaultRawCalls(surface());
    }

    /** The place of DAGs: the one given, or that of the settings, opened once. */
    private static Supplier<Optional<DagPublisher>> place(PlatformSpi platform, @Nullable DagPublisher given) {
        AtomicReference<@Nullable DagPublisher> open = new AtomicReference<>(given);
        return () -> Optional.ofNullable(open.get()).or(() -> {
            platform.setting(NAME, "dags-dir").ifPresent(l -> open.compareAndSet(null, Publishers.open(platform, l)));
            return Optional.ofNullable(open.get());
        });
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
