package dev.fairlead.seldon.core2;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.kubernetes.ApplyPlan;
import dev.fairlead.seldon.core2.Core2Rollout.Target;
import dev.fairlead.seldon.internal.MappedPages;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.seldon.internal.kube.Quantities;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller;
import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Objects of one kind over the Kubernetes API. */
class DefaultCore2Objects<T extends Core2Object> implements Core2Workloads<T> {
    final PlatformSpi platform;
    final String namespace;
    private final KubeAccess.Kind kind;
    private final Function<Map<String, Object>, T> codec;

    DefaultCore2Objects(
            PlatformSpi platform, String namespace, KubeAccess.Kind kind, Function<Map<String, Object>, T> codec) {
        this.platform = platform;
        this.namespace = namespace;
        this.kind = kind;
        this.codec = codec;
    }

    @Override
    public T get(String name) {
        return read(kube().get(kind, namespace, name));
    }

    @Override
    public Optional<T> find(String name) {
        return kube().find(kind, namespace, name).map(this::read);
    }

    @Override
    public PagedIterable<T> list() {
        return new MappedPages<>(kube().list(kind, namespace, null), this::read);
    }

    private T read(Map<String, Object> tree) {
        return codec.apply(asMade(Trees.copy(tree)));
    }

    /** Takes out what only the servers write; Seldon's operator puts finalizers on every kind. */
    private static Map<String, Object> asMade(Map<String, Object> tree) {
        Trees.at(tree, "metadata").remove("finalizers");
        return Trees.withoutServersOwn(tree);
    }

    @Override
    public T apply(T object) {
        return read(kube().apply(kind, toSend(object), KubeAccess.Apply.DEFAULT));
    }

    @Override
    public T applyForced(T object) {
        return read(kube().apply(kind, toSend(object), KubeAccess.Apply.DEFAULT.forced()));
    }

    @Override
    public T dryRun(T object) {
        return read(kube().apply(kind, toSend(object), KubeAccess.Apply.DEFAULT.asDryRun()));
    }

    @Override
    public ApplyPlan plan(T object) {
        return kube().plan(kind, toSend(object), KubeAccess.Apply.DEFAULT);
    }

    /** Checks the object, names its namespace, takes out what only the server writes, and writes amounts as the operator does. */
    private Map<String, Object> toSend(T object) {
        Problems.check(object.kind(), object);
        refuse(object);
        Map<String, Object> tree = asMade(object.toTree());
        Map<String, Object> spec = Trees.at(tree, "spec");
        Quantities.canonicalPod(spec);
        Quantities.replace(spec, "memory");
        Trees.at(tree, "metadata").put("namespace", where(object));
        return tree;
    }

    /** Refuses what Seldon could not bear beside what the cluster holds now. */
    void refuse(T object) {}

    final Optional<Map<String, Object>> stored(T object) {
        return kube().find(kind, where(object), object.name());
    }

    private String where(T object) {
        return object.namespace().orElse(namespace);
    }

    @Override
    public Operation<Core2Status> deploy(T object) {
        return deploy(object, KubeAccess.Apply.DEFAULT);
    }

    @Override
    public Operation<Core2Status> deployForced(T object) {
        return deploy(object, KubeAccess.Apply.DEFAULT.forced());
    }

    private Operation<Core2Status> deploy(T object, KubeAccess.Apply how) {
        Map<String, Object> tree = toSend(object);
        Optional<Map<String, Object>> before = stored(object);
        Map<String, Object> after = kube().apply(kind, tree, how);
        String mark = Core2Mark.of(before, after, platform.clock().instant());
        return follow(platform, new Target(kind, where(object), object.name(), mark));
    }

    @Override
    public Operation<Core2Status> follow(String name) {
        kube().get(kind, namespace, name);
        return follow(platform, new Target(kind, namespace, name, Core2Mark.UNKNOWN));
    }

    static Operation<Core2Status> follow(PlatformSpi platform, Target target) {
        return platform.poller()
                .operation(new Poller.Spec<>(
                        target.id(),
                        target.what(),
                        new Core2Rollout(platform.kube(), platform.clock(), target),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(2),
                        null));
    }

    @Override
    public Core2Status status(String name) {
        return Core2StatusReader.read(kube().get(kind, namespace, name));
    }

    @Override
    public boolean delete(String name) {
        return kube().delete(kind, namespace, name);
    }

    @Override
    public boolean delete(String name, Duration timeout) {
        Deadline deadline = Deadline.after(platform.clock(), timeout);
        Optional<Map<String, Object>> there = kube().find(kind, namespace, name);
        if (there.isEmpty() || !kube().delete(kind, namespace, name)) {
            return false;
        }
        Object uid = uid(there.get());
        boolean gone = kube().watch(kind, namespace, name, o -> o == null || !uid.equals(uid(o)), deadline);
        if (!gone) {
            Optional<Map<String, Object>> left = kube().find(kind, namespace, name);
            if (left.filter(o -> uid.equals(uid(o))).isPresent()) {
                throw Finalizers.held(kind.kind(), left.get(), timeout);
            }
        }
        return true;
    }

    private static Object uid(Map<String, Object> object) {
        return Trees.text(Trees.at(object, "metadata"), "uid");
    }

    KubeAccess kube() {
        return platform.kube();
    }
}
