package dev.fairlead.seldon.kserve;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.kubernetes.ApplyPlan;
import dev.fairlead.seldon.internal.MappedPages;
import dev.fairlead.seldon.internal.crd.InferenceServiceCodec;
import dev.fairlead.seldon.internal.crd.InferenceServiceStatusCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller;
import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Inference services as objects of the Kubernetes API. */
final class DefaultInferenceServices implements InferenceServices {
    private final PlatformSpi platform;
    private final String namespace;

    DefaultInferenceServices(PlatformSpi platform, String namespace) {
        this.platform = platform;
        this.namespace = namespace;
    }

    @Override
    public Operation<InferenceServiceStatus> deploy(InferenceService service) {
        return deploy(service, KubeAccess.Apply.DEFAULT);
    }

    @Override
    public Operation<InferenceServiceStatus> deployForced(InferenceService service) {
        return deploy(service, KubeAccess.Apply.DEFAULT.forced());
    }

    private Operation<InferenceServiceStatus> deploy(InferenceService service, KubeAccess.Apply how) {
        return follow(platform.kube().apply(InferenceServiceCodec.KIND, toSend(service), how));
    }

    @Override
    public InferenceService dryRun(InferenceService service) {
        KubeAccess.Apply how = KubeAccess.Apply.DEFAULT.asDryRun();
        return read(platform.kube().apply(InferenceServiceCodec.KIND, toSend(service), how));
    }

    @Override
    public ApplyPlan plan(InferenceService service) {
        return platform.kube().plan(InferenceServiceCodec.KIND, toSend(service), KubeAccess.Apply.DEFAULT);
    }

    /** Checks the service, marks it and takes out what only the server writes. */
    private Map<String, Object> toSend(InferenceService service) {
        Problems.check("InferenceService", service);
        String where = service.namespace().orElse(namespace);
        return Trees.withoutServersOwn(
                ComponentStamp.put(service).with(b -> b.namespace(where)).toTree());
    }

    private static InferenceService read(Map<String, Object> tree) {
        return ComponentStamp.remove(InferenceService.fromTree(Trees.withoutServersOwn(Trees.copy(tree))));
    }

    @Override
    public InferenceService get(String name) {
        return read(platform.kube().get(InferenceServiceCodec.KIND, namespace, name));
    }

    @Override
    public Optional<InferenceService> find(String name) {
        return platform.kube().find(InferenceServiceCodec.KIND, namespace, name).map(DefaultInferenceServices::read);
    }

    @Override
    public PagedIterable<InferenceService> list() {
        return new MappedPages<>(
                platform.kube().list(InferenceServiceCodec.KIND, namespace, null), DefaultInferenceServices::read);
    }

    @Override
    public InferenceServiceStatus status(String name) {
        return InferenceServiceStatusCodec.read(platform.kube().get(InferenceServiceCodec.KIND, namespace, name));
    }

    @Override
    public Operation<InferenceServiceStatus> follow(String name) {
        return follow(platform.kube().get(InferenceServiceCodec.KIND, namespace, name));
    }

    /** Follows the rollout of an object as it was answered; a failure it reports already may be an older one's. */
    private Operation<InferenceServiceStatus> follow(Map<String, Object> object) {
        InferenceServiceStatus before = InferenceServiceStatusCodec.read(object);
        return follow(
                before.namespace(),
                before.name(),
                ServiceRollout.failureOf(before).orElse(null));
    }

    Operation<InferenceServiceStatus> follow(String where, String name, @Nullable LoadFailure failedBefore) {
        return platform.poller()
                .operation(new Poller.Spec<>(
                        ServiceRollout.id(where, name),
                        ServiceRollout.what(where, name),
                        new ServiceRollout(platform.kube(), platform.clock(), where, name, failedBefore),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(2),
                        null));
    }

    @Override
    public boolean delete(String name) {
        return platform.kube().delete(InferenceServiceCodec.KIND, namespace, name);
    }
}
