package dev.fairlead.internal;

import dev.fairlead.CallListener;
import dev.fairlead.MlPlatform;
import dev.fairlead.config.Endpoint;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.config.Timeouts;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.internal.config.Keys;
import dev.fairlead.internal.config.Settings;
import dev.fairlead.internal.config.Surroundings;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.spi.Sleeper;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Builds the platform. Not thread-safe. */
final class PlatformBuilder implements MlPlatform.Builder, PlatformHooks {
    final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, String> given = new LinkedHashMap<>();
    final List<CallListener> listeners = new ArrayList<>();

    @Nullable
    Path kubeconfig;

    @Nullable
    String kubeContext;

    @Nullable
    String namespace;

    @Nullable
    CredentialsProvider kubernetesCredentials;

    boolean withoutKubernetes;

    @Nullable
    RetryPolicy retry;

    @Nullable
    Timeouts timeouts;

    @Nullable
    Path configFile;

    Clock clock = Clock.systemUTC();
    Sleeper sleeper = Sleeper.REAL;
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    Surroundings surroundings = Surroundings.ofProcess();

    @Override
    public MlPlatform.Builder endpoint(String name, Endpoint endpoint) {
        if (!Keys.SERVICES.contains(name)) {
            throw new InvalidValueException(
                    "MlPlatform",
                    List.of(new Problem("endpoint", "must name one of " + Keys.SERVICES, "'" + name + "'")));
        }
        endpoints.put(name, endpoint);
        return this;
    }

    @Override
    public MlPlatform.Builder setting(String key, String value) {
        if (!Keys.known(key)) {
            String rule = "must be one of the settings, such as " + Keys.nearest(key);
            throw new InvalidValueException("MlPlatform", List.of(new Problem("setting", rule, "'" + key + "'")));
        }
        given.put(key, value);
        return this;
    }

    @Override
    public MlPlatform.Builder kubeconfig(Path file) {
        this.kubeconfig = file;
        return this;
    }

    @Override
    public MlPlatform.Builder kubeContext(String context) {
        this.kubeContext = context;
        return this;
    }

    @Override
    public MlPlatform.Builder namespace(String namespace) {
        this.namespace = namespace;
        return this;
    }

    @Override
    public MlPlatform.Builder kubernetesCredentials(CredentialsProvider credentials) {
        this.kubernetesCredentials = credentials;
        return this;
    }

    @Override
    public MlPlatform.Builder withoutKubernetes() {
        this.withoutKubernetes = true;
        return this;
    }

    @Override
    public MlPlatform.Builder retry(RetryPolicy policy) {
        this.retry = policy;
        return this;
    }

    @Override
    public MlPlatform.Builder timeouts(Timeouts timeouts) {
        this.timeouts = timeouts;
        return this;
    }

    @Override
    public MlPlatform.Builder addCallListener(CallListener listener) {
        listeners.add(listener);
        return this;
    }

    @Override
    public MlPlatform.Builder configFile(Path file) {
        this.configFile = file;
        return this;
    }

    @Override
    public PlatformHooks clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    @Override
    public PlatformHooks sleeper(Sleeper sleeper) {
        this.sleeper = sleeper;
        return this;
    }

    @Override
    public PlatformHooks seed(long seed) {
        Random seeded = new Random(seed);
        this.random = seeded::nextDouble;
        return this;
    }

    @Override
    public PlatformHooks surroundings(Surroundings surroundings) {
        this.surroundings = surroundings;
        return this;
    }

    @Override
    public MlPlatform build() {
        return new DefaultPlatform(this, Settings.read(given, surroundings, Optional.ofNullable(configFile)));
    }
}
