package dev.fairlead.seldon.core2;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.inference.InferenceClient;
import dev.fairlead.inference.InferenceModel;
import dev.fairlead.seldon.core2.Core2Rollout.Target;
import dev.fairlead.seldon.internal.crd.Core2Codec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The client over the Kubernetes API. */
final class DefaultCore2Client implements Core2Client {
    private static final String GATEWAY = "seldon";
    private static final String MODEL_HEADER = "seldon-model";
    private static final List<KubeAccess.Kind> FOLLOWED = List.of(
            Core2Codec.MODEL, Core2Codec.SERVER, Core2Codec.PIPELINE, Core2Codec.EXPERIMENT, Core2Codec.RUNTIME);

    private final MlPlatform root;
    private final PlatformSpi platform;
    private final Optional<String> namespace;

    DefaultCore2Client(MlPlatform root) {
        this(root, Optional.empty());
    }

    private DefaultCore2Client(MlPlatform root, Optional<String> namespace) {
        this.root = root;
        this.platform = PlatformSpi.of(root);
        this.namespace = namespace;
    }

    private <T extends Core2Object> DefaultCore2Objects<T> objects(
            KubeAccess.Kind kind, Function<Map<String, Object>, T> codec) {
        return new DefaultCore2Objects<>(platform, namespace(), kind, codec);
    }

    private String namespace() {
        return namespace.orElseGet(root::namespace);
    }

    @Override
    public SeldonModels models() {
        return new DefaultSeldonModels(platform, namespace());
    }

    @Override
    public Core2Workloads<SeldonServer> servers() {
        return objects(Core2Codec.SERVER, SeldonServer::fromTree);
    }

    @Override
    public Core2Objects<ServerConfig> serverConfigs() {
        return objects(Core2Codec.SERVER_CONFIG, ServerConfig::fromTree);
    }

    @Override
    public Core2Workloads<SeldonPipeline> pipelines() {
        return objects(Core2Codec.PIPELINE, SeldonPipeline::fromTree);
    }

    @Override
    public Core2Workloads<SeldonExperiment> experiments() {
        return objects(Core2Codec.EXPERIMENT, SeldonExperiment::fromTree);
    }

    @Override
    public Core2Workloads<SeldonRuntime> runtimes() {
        return objects(Core2Codec.RUNTIME, SeldonRuntime::fromTree);
    }

    @Override
    public Core2Objects<SeldonConfig> configs() {
        return objects(Core2Codec.CONFIG, SeldonConfig::fromTree);
    }

    @Override
    public Core2Client inNamespace(String other) {
        return new DefaultCore2Client(root, Optional.of(other));
    }

    @Override
    public Operation<Core2Status> operation(String id) {
        String[] parts = id.split("/", -1);
        Optional<KubeAccess.Kind> kind =
                FOLLOWED.stream().filter(k -> k.plural().equals(parts[0])).findFirst();
        if (parts.length != 4 || kind.isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new InvalidValueException(
                    "operation id",
                    List.of(new Problem("id", "must be kind/namespace/name/mark, as Operation.id() gave it", id)));
        }
        return DefaultCore2Objects.follow(platform, new Target(kind.get(), parts[1], parts[2], parts[3]));
    }

    @Override
    public InferenceClient inference(String target) {
        return InferenceClient.builder()
                .platform(root)
                .service(GATEWAY)
                .build()
                .withOptions(options -> options.header(MODEL_HEADER, target));
    }

    @Override
    public InferenceModel model(String name) {
        return inference(name).model(name);
    }

    @Override
    public String toString() {
        return "Core2Client[" + namespace.orElse("the platform's namespace") + "]";
    }
}
