package dev.fairlead.mlflow.internal;

import dev.fairlead.MlPlatform;
import dev.fairlead.config.CallOptions;
import dev.fairlead.config.Endpoint;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.Experiments;
import dev.fairlead.mlflow.LoggedModels;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Models;
import dev.fairlead.mlflow.RawCalls;
import dev.fairlead.mlflow.Runs;
import dev.fairlead.mlflow.ServerInfo;
import dev.fairlead.mlflow.admin.Permissions;
import dev.fairlead.mlflow.admin.Roles;
import dev.fairlead.mlflow.admin.Users;
import dev.fairlead.mlflow.admin.Workspaces;
import dev.fairlead.mlflow.internal.admin.DefaultPermissions;
import dev.fairlead.mlflow.internal.admin.DefaultRoles;
import dev.fairlead.mlflow.internal.admin.DefaultUsers;
import dev.fairlead.mlflow.internal.admin.DefaultWorkspaces;
import dev.fairlead.mlflow.internal.prompts.DefaultPrompts;
import dev.fairlead.mlflow.internal.traces.DefaultTraces;
import dev.fairlead.mlflow.internal.webhooks.DefaultWebhooks;
import dev.fairlead.mlflow.prompts.Prompts;
import dev.fairlead.mlflow.traces.Traces;
import dev.fairlead.mlflow.webhooks.Webhooks;
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
    private final @Nullable String workspace;

    /** Makes its calls in no workspace. */
    private final Api outside;

    private final Api api;
    private final @Nullable URI artifactRoot;

    private DefaultMlflowClient(Api base, CallOptions options, @Nullable String workspace, @Nullable URI artifactRoot) {
        this.base = base;
        this.options = options;
        this.workspace = workspace;
        this.outside = base.with(options);
        this.api = workspace == null ? outside : outside.in(workspace);
        this.artifactRoot = artifactRoot;
    }

    /** Makes a client on a platform. */
    public static MlflowClient create(MlPlatform platform) {
        return create(platform, null, null);
    }

    private static MlflowClient create(MlPlatform platform, @Nullable String workspace, @Nullable URI artifactRoot) {
        PlatformSpi spi = PlatformSpi.of(platform);
        Api api = new Api(spi, spi.http(new ServiceSpec(NAME, new MlflowErrors())));
        URI root = artifactRoot != null ? artifactRoot : configuredRoot(spi).orElse(null);
        String name =
                workspace != null ? workspace : spi.setting(NAME, "workspace").orElse(null);
        return new DefaultMlflowClient(
                api, CallOptions.NONE, name == null ? null : DefaultWorkspaces.checked(name), root);
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
        return new DefaultMlflowClient(base, change.apply(options), workspace, artifactRoot);
    }

    @Override
    public MlflowClient workspace(String name) {
        return new DefaultMlflowClient(base, options, DefaultWorkspaces.checked(name), artifactRoot);
    }

    @Override
    public URI trackingUri() {
        return api.baseUri();
    }

    @Override
    public ServerInfo server() {
        return outside.server();
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
    public Artifacts loggedModelArtifacts(String modelId) {
        return DefaultArtifacts.ofModel(api, modelId);
    }

    @Override
    public LoggedModels loggedModels() {
        return new DefaultLoggedModels(api);
    }

    @Override
    public Models models() {
        return new DefaultModels(api, artifactRoot);
    }

    @Override
    public Prompts prompts() {
        return new DefaultPrompts(api);
    }

    @Override
    public Webhooks webhooks() {
        return new DefaultWebhooks(api);
    }

    @Override
    public Traces traces() {
        return new DefaultTraces(api);
    }

    @Override
    public Workspaces workspaces() {
        return new DefaultWorkspaces(outside);
    }

    @Override
    public Users users() {
        return new DefaultUsers(outside);
    }

    @Override
    public Permissions permissions() {
        return new DefaultPermissions(api);
    }

    @Override
    public Roles roles() {
        return new DefaultRoles(outside);
    }

    @Override
    public RawCalls raw() {
        return new DefaultRawCalls(api, false);
    }

    @Override
    public String toString() {
        return "MlflowClient[" + trackingUri() + (workspace == null ? "]" : ", workspace " + workspace + "]");
    }

    private static final class Builder implements MlflowClient.Builder {
        private final Endpoint.Builder endpoint = Endpoint.builder();
        private final MlPlatform.Builder platform = MlPlatform.builder().withoutKubernetes();
        private @Nullable String workspace;
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
        public MlflowClient.Builder workspace(String name) {
            this.workspace = DefaultWorkspaces.checked(name);
            return this;
        }

        @Override
        public MlflowClient.Builder artifactRoot(URI root) {
            this.artifactRoot = root;
            return this;
        }

        @Override
        public MlflowClient build() {
            return create(platform.endpoint(NAME, endpoint.build()).build(), workspace, artifactRoot);
        }
    }
}
