package dev.fairlead.mlflow.internal;

import dev.fairlead.MlPlatform;
import dev.fairlead.config.CallOptions;
import dev.fairlead.config.Endpoint;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.Experiments;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Models;
import dev.fairlead.mlflow.Runs;
import dev.fairlead.mlflow.ServerInfo;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.ServiceSpec;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The client. */
public final class DefaultMlflowClient implements MlflowClient {
    private static final String NAME = "mlflow";

    /** Has no options yet. */
    private final Api base;

    private final CallOptions options;
    private final Api api;
    private final @Nullable URI artifactRoot;

    private DefaultMlflowClient(Api base, CallOptions options, @Nullable URI artifactRoot) {
        this.base = base;
        this.options = options;
        this.api = base.with(options);
        this.artifactRoot = artifactRoot;
    }

    /** Makes a client on a platform. */
    public static MlflowClient create(MlPlatform platform) {
        return create(platform, null);
    }

    private static MlflowClient create(MlPlatform platform, @Nullable URI artifactRoot) {
        PlatformSpi spi = PlatformSpi.of(platform);
        Api api = new Api(spi, spi.http(new ServiceSpec(NAME, new MlflowErrors())));
        URI root = artifactRoot != null ? artifactRoot : configuredRoot(spi).orElse(null);
        return new DefaultMlflowClient(api, CallOptions.NONE, root);
    }

    private static Optional<URI> configuredRoot(PlatformSpi spi) {
        return spi.setting(NAME, "artifact-root").map(text -> {
            URI uri = Decode.uri(text).orElseThrow();
            if (!uri.isAbsolute()) {
                throw new ConfigurationException(
                        "the setting mlflow.artifact-root must be an address such as s3://mlflow, was '" + text + "'");
            }
            return uri;
        });
    }

    /** Starts a client with a platform of its own. */
    public static MlflowClient.Builder builder() {
        return new Builder();
    }

    @Override
    public MlflowClient withOptions(UnaryOperator<CallOptions> change) {
        return new DefaultMlflowClient(base, change.apply(options), artifactRoot);
    }

    @Override
    public URI trackingUri() {
        return api.baseUri();
    }

    @Override
    public ServerInfo server() {
        return api.server();
    }

    @Override
    public Experiments experiments() {
        return new DefaultExperiments(api);
    }

    @Override
    public Runs runs() {
        return new DefaultRuns(api);
    }

    @Override
    public Artifacts artifacts(String runId) {
        return new DefaultArtifacts(api, runId, null);
    }

    @Override
    public Models models() {
        return new DefaultModels(api, artifactRoot);
    }

    @Override
    public String toString() {
        return "MlflowClient[" + trackingUri() + "]";
    }

    private static final class Builder implements MlflowClient.Builder {
        private final Endpoint.Builder endpoint = Endpoint.builder();
        private final MlPlatform.Builder platform = MlPlatform.builder().withoutKubernetes();
        private @Nullable URI artifactRoot;

        @Override
        public MlflowClient.Builder endpoint(Consumer<Endpoint.Builder> change) {
            change.accept(endpoint);
            return this;
        }

        @Override
        public MlflowClient.Builder platform(Consumer<MlPlatform.Builder> change) {
            change.accept(platform);
            return this;
        }

        @Override
        public MlflowClient.Builder artifactRoot(URI root) {
            this.artifactRoot = root;
            return this;
        }

        @Override
        public MlflowClient build() {
            return create(platform.endpoint(NAME, endpoint.build()).build(), artifactRoot);
        }
    }
}
