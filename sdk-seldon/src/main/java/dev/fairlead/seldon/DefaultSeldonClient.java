package dev.fairlead.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.inference.InferenceClient;
import dev.fairlead.inference.InferenceModel;
import dev.fairlead.seldon.core2.Core2Client;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The client over the Kubernetes API. */
final class DefaultSeldonClient implements SeldonClient {
    private final MlPlatform root;
    private final PlatformSpi platform;
    private final Optional<String> namespace;
    private final ModelReach reach;

    DefaultSeldonClient(MlPlatform platform) {
        this(platform, Optional.empty(), new ModelReach(platform));
    }

    private DefaultSeldonClient(MlPlatform root, Optional<String> namespace, ModelReach reach) {
        this.root = root;
        this.platform = PlatformSpi.of(root);
        this.namespace = namespace;
        this.reach = reach;
    }

    private String namespace() {
        return namespace.orElseGet(root::namespace);
    }

    @Override
    public SeldonDeployments deployments() {
        return new DefaultSeldonDeployments(platform, reach, namespace());
    }

    @Override
    public Core2Client core2() {
        return Core2Client.create(root).inNamespace(namespace());
    }

    @Override
    public void apply(StorageSecret secret) {
        Problems.check("StorageSecret", secret);
        String where = secret.namespace().orElse(namespace());
        Map<String, Object> tree = secret.toBuilder().namespace(where).build().toTree();
        platform.kube().apply(References.SECRET, tree, KubeAccess.Apply.DEFAULT);
    }

    @Override
    public SeldonClient inNamespace(String other) {
        return new DefaultSeldonClient(root, Optional.of(other), reach);
    }

    @Override
    public Operation<SeldonDeploymentStatus> operation(String id) {
        String[] parts = id.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new InvalidValueException(
                    "operation id",
                    List.of(new Problem("id", "must be namespace/name, as Operation.id() gave it", id)));
        }
        String[] guarded = parts[1].split("@", 2);
        if (guarded.length == 2) {
            return new DefaultSeldonDeployments(platform, reach, parts[0])
                    .rollouts()
                    .attach(guarded[0], guarded[1]);
        }
        return new DefaultSeldonDeployments(platform, reach, parts[0])
                .follow(new Rollout.Start(parts[0], parts[1], null, null), null);
    }

    @Override
    public InferenceClient inference(String deployment) {
        return reach.deployment(namespace(), deployment);
    }

    @Override
    public InferenceClient inference(String deployment, String predictor) {
        return reach.predictor(namespace(), deployment, predictor);
    }

    @Override
    public InferenceModel model(String deployment) {
        String model = reach.first(namespace(), deployment).graph().name();
        return inference(deployment).model(model);
    }

    @Override
    public InferenceModel model(String deployment, String predictor) {
        String model = reach.named(namespace(), deployment, predictor).graph().name();
        return inference(deployment, predictor).model(model);
    }

    @Override
    public String toString() {
        return "SeldonClient[" + namespace.orElse("the platform's namespace") + "]";
    }
}
