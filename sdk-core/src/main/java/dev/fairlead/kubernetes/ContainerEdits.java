package dev.fairlead.kubernetes;

import dev.fairlead.spi.ValueBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Changes one container of a draft.
 *
 * @param <T> what the builder makes
 * @param <B> the builder
 */
abstract class ContainerEdits<T, B> extends ValueBuilder<T> implements ContainerSettings<B> {
    /** Returns the container's tree within the draft. */
    abstract Map<String, Object> container();

    /** Returns the pod. */
    abstract PodDraft pod();

    /** Returns this builder. */
    abstract B self();

    private B set(String field, Object value) {
        container().put(field, value);
        return self();
    }

    @Override
    public B image(String image) {
        return set("image", image);
    }

    @Override
    public B imagePullPolicy(String policy) {
        return set("imagePullPolicy", policy);
    }

    @Override
    public B command(List<String> command) {
        return set("command", new ArrayList<>(command));
    }

    @Override
    public B args(List<String> args) {
        return set("args", new ArrayList<>(args));
    }

    @Override
    public B workingDir(String directory) {
        return set("workingDir", directory);
    }

    @Override
    public B env(Map<String, String> env) {
        Trees.list(container(), "env").removeIf(e -> e instanceof Map<?, ?> m && !m.containsKey("valueFrom"));
        env.forEach(this::putEnv);
        return self();
    }

    @Override
    public B putEnv(String name, String value) {
        return variable(Trees.of("name", name, "value", value));
    }

    @Override
    public B putSecretEnv(String name, SecretRef secret) {
        return from(name, "secretKeyRef", Trees.of("name", secret.name(), "key", secret.key()));
    }

    @Override
    public B putConfigMapEnv(String name, String configMap, String key) {
        return from(name, "configMapKeyRef", Trees.of("name", configMap, "key", key));
    }

    @Override
    public B putFieldEnv(String name, String fieldPath) {
        return from(name, "fieldRef", one("fieldPath", fieldPath));
    }

    private B from(String name, String kind, Map<String, Object> source) {
        return variable(Trees.of("name", name, "valueFrom", one(kind, source)));
    }

    private B variable(Map<String, Object> variable) {
        Trees.putNamed(Trees.list(container(), "env"), variable);
        return self();
    }

    @Override
    public B addEnvFromSecret(String secret) {
        Trees.list(container(), "envFrom").add(one("secretRef", one("name", secret)));
        return self();
    }

    @Override
    public B addEnvFromConfigMap(String configMap) {
        Trees.list(container(), "envFrom").add(one("configMapRef", one("name", configMap)));
        return self();
    }

    private static Map<String, Object> one(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    @Override
    public B resources(Resources resources) {
        pod().setResources(container(), resources);
        return self();
    }

    @Override
    public B resources(Consumer<Resources.Builder> changes) {
        Resources.Builder builder = pod().resourcesOf(container()).toBuilder();
        changes.accept(builder);
        return resources(ValueBuilder.<Resources>partOf(builder));
    }

    @Override
    public B mount(Volume volume, String path) {
        return mount(volume, Trees.of("name", volume.name(), "mountPath", path));
    }

    @Override
    public B mountReadOnly(Volume volume, String path) {
        Map<String, Object> mount = Trees.of("name", volume.name(), "mountPath", path);
        mount.put("readOnly", true);
        return mount(volume, mount);
    }

    private B mount(Volume volume, Map<String, Object> mount) {
        pod().addVolume(volume);
        List<Object> mounts = Trees.list(container(), "volumeMounts");
        Object path = mount.get("mountPath");
        mounts.removeIf(
                m -> m instanceof Map<?, ?> other && String.valueOf(path).equals(other.get("mountPath")));
        mounts.add(mount);
        return self();
    }

    @Override
    public B addPort(String name, int port) {
        Trees.putNamed(Trees.list(container(), "ports"), Trees.of("name", name, "containerPort", port));
        return self();
    }

    @Override
    public B field(String name, Object tree) {
        return set(name, Trees.mutable(tree));
    }

    /** Changes a container beside the main one. */
    static final class Other extends ContainerEdits<Map<String, Object>, PodTemplate.ContainerBuilder>
            implements PodTemplate.ContainerBuilder {
        private final PodDraft pod;
        private final Map<String, Object> container;

        Other(PodDraft pod, Map<String, Object> container) {
            this.pod = pod;
            this.container = container;
        }

        @Override
        Map<String, Object> container() {
            return container;
        }

        @Override
        PodDraft pod() {
            return pod;
        }

        @Override
        PodTemplate.ContainerBuilder self() {
            return this;
        }

        @Override
        protected Map<String, Object> part() {
            return container;
        }
    }
}
