package dev.fairlead.internal;

import dev.fairlead.MlPlatform;
import dev.fairlead.config.Endpoint;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.config.Timeouts;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.internal.config.ServiceEndpoint;
import dev.fairlead.internal.config.Settings;
import dev.fairlead.internal.http.Line;
import dev.fairlead.internal.http.LineContext;
import dev.fairlead.internal.http.OkHttpTransport;
import dev.fairlead.internal.http.TlsSettings;
import dev.fairlead.internal.retry.Breakers;
import dev.fairlead.internal.retry.RetryBudget;
import dev.fairlead.internal.wait.PollingOperations;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller;
import dev.fairlead.spi.ServiceSpec;
import dev.fairlead.spi.Sleeper;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platform. Lines are made when first asked for; the cluster's side is loaded only when it is used. */
public final class DefaultPlatform implements MlPlatform, PlatformSpi {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultPlatform.class);

    private final PlatformBuilder given;
    private final Settings settings;
    private final RetryPolicy retry;
    private final Timeouts timeouts;
    private final LineContext context;
    private final Poller poller;
    private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();
    private final Map<String, OkHttpTransport> transports = new ConcurrentHashMap<>();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ClusterSide cluster;

    DefaultPlatform(PlatformBuilder given, Settings settings) {
        this.given = given;
        this.settings = settings;
        this.retry = Defaults.retry(given.retry, settings);
        this.timeouts = Defaults.timeouts(given.timeouts, settings);
        this.context = new LineContext(
                given.clock,
                given.sleeper,
                given.random,
                new Breakers(given.clock, given.listeners),
                List.copyOf(given.listeners),
                this::checkOpen);
        this.poller = new PollingOperations(given.clock, given.sleeper, given.random);
        this.cluster = ClusterSide.of(given, settings, context, retry, timeouts);
    }

    /** Starts a platform. */
    public static MlPlatform.Builder builder() {
        return new PlatformBuilder();
    }

    @Override
    public HttpCalls http(ServiceSpec service) {
        ServiceEndpoint endpoint = endpoint(service.name());
        URI uri = endpoint.endpoint()
                .uri()
                .orElseThrow(() -> new ConfigurationException("no address of " + service.name()
                        + " is known; set it with MlPlatform.builder().endpoint(\"" + service.name()
                        + "\", e -> e.uri(…)), -Dfairlead." + service.name() + ".uri, FAIRLEAD_"
                        + service.name().toUpperCase(Locale.ROOT) + "_URI, or " + service.name()
                        + ".uri in the settings file"));
        CredentialsProvider credentials = service.ownCredentials()
                .orElseGet(() -> bound(endpoint.credentials().provider(), uri));
        return line(service, uri, endpoint.endpoint(), ServiceEndpoint.tls(endpoint.endpoint()), credentials);
    }

    @Override
    public HttpCalls http(ServiceSpec service, URI address) {
        CredentialsProvider credentials = service.ownCredentials().orElse(CredentialsProvider.none());
        Endpoint plain = Endpoint.builder().uri(address).build();
        return line(service, address, plain, ServiceEndpoint.tls(plain), credentials);
    }

    @Override
    public HttpCalls httpBeside(String neighbour, ServiceSpec service, URI address) {
        Endpoint near = endpoint(neighbour).endpoint();
        Endpoint.Builder reached = Endpoint.builder().uri(address);
        near.proxy().ifPresent(reached::proxy);
        CredentialsProvider credentials = service.ownCredentials().orElse(CredentialsProvider.none());
        return line(service, address, reached.build(), ServiceEndpoint.tlsBeside(near, address), credentials);
    }

    private HttpCalls line(
            ServiceSpec service, URI uri, Endpoint endpoint, TlsSettings tls, CredentialsProvider credentials) {
        String base = uri.toString().replaceAll("/+$", "");
        OkHttpTransport transport = transports.computeIfAbsent(
                service.name() + " " + base,
                key -> new OkHttpTransport(timeouts, tls, endpoint.proxy().orElse(null)));
        return new Line(
                context,
                new Line.Service(
                        service.name(),
                        URI.create(base),
                        transport,
                        credentials,
                        service.errors(),
                        endpoint.timeout().orElse(timeouts.call()),
                        retry,
                        budgets.computeIfAbsent(service.name() + " " + base, key -> new RetryBudget(retry.budget())),
                        endpoint.headers()));
    }

    /** Lets the cluster give its tokens to this one address. */
    private CredentialsProvider bound(CredentialsProvider credentials, URI uri) {
        return credentials instanceof ClusterCredentials ofCluster
                ? new OneOrigin(ofCluster.boundTo(cluster.issuer()), uri)
                : credentials;
    }

    private ServiceEndpoint endpoint(String service) {
        return ServiceEndpoint.of(service, Optional.ofNullable(given.endpoints.get(service)), settings);
    }

    @Override
    public boolean hasAddress(String service) {
        return endpoint(service).endpoint().uri().isPresent();
    }

    @Override
    public CredentialsProvider credentials(String service) {
        ServiceEndpoint endpoint = endpoint(service);
        CredentialsProvider credentials = endpoint.credentials().provider();
        return endpoint.endpoint().uri().map(uri -> bound(credentials, uri)).orElse(credentials);
    }

    @Override
    public KubeAccess kube() {
        checkOpen();
        return cluster.access();
    }

    @Override
    public boolean hasKube() {
        return cluster.configured();
    }

    @Override
    public Optional<String> setting(String service, String key) {
        return settings.value(service + "." + key);
    }

    @Override
    public Poller poller() {
        return poller;
    }

    @Override
    public Clock clock() {
        return given.clock;
    }

    @Override
    public Sleeper sleeper() {
        return given.sleeper;
    }

    @Override
    public String describe() {
        return Description.of(given, settings, retry, timeouts, cluster);
    }

    @Override
    public String namespace() {
        return cluster.namespace();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        checkOpen();
        return cluster.unwrap(type);
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new ConfigurationException(
                    "this MlPlatform is closed; make a new one with MlPlatform.connect(), or close it later");
        }
    }

    @Override
    public void onClose(AutoCloseable resource) {
        synchronized (closing) {
            closing.push(resource);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Deque<AutoCloseable> mine;
        synchronized (closing) {
            mine = new ArrayDeque<>(closing);
        }
        mine.add(cluster);
        mine.addAll(transports.values());
        for (AutoCloseable resource : mine) {
            try {
                resource.close();
            } catch (Exception e) {
                LOG.debug("closing {} failed, which changes nothing for the caller", resource, e);
            }
        }
    }

    @Override
    public String toString() {
        return "MlPlatform[namespace " + namespace() + "]";
    }
}
