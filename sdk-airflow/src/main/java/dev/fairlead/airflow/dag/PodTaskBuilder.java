package dev.fairlead.airflow.dag;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.kubernetes.Resources;
import dev.fairlead.kubernetes.SecretRef;
import dev.fairlead.kubernetes.Volume;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Hands what concerns the pod to the pod's own builder; the rest is generated. */
abstract class PodTaskBuilder extends ValueBuilder<PodTaskValue> implements PodTask.Builder {
    private PodTemplate.Builder draft = PodTemplate.builder();

    abstract PodTask.Builder template(PodTemplate template);

    abstract PodTask.Builder putEvaluatedEnv(String name, Expression value);

    abstract PodTask.Builder evaluatedArgs(Iterable<? extends Expression> args);

    PodTask.Builder startFrom(PodTemplate pod) {
        draft = pod.toBuilder();
        return this;
    }

    /** Takes over the pod as it is now; its problems are reported with those of the task. */
    void settle() {
        PodTemplate pod = partOf(draft);
        template(pod);
    }

    @Override
    public PodTaskValue build() {
        settle();
        return super.build();
    }

    @Override
    public PodTask.Builder pod(PodTemplate pod) {
        return startFrom(pod);
    }

    @Override
    public PodTask.Builder pod(Consumer<PodTemplate.Builder> changes) {
        changes.accept(draft);
        return this;
    }

    @Override
    public PodTask.Builder putEnv(String name, Expression value) {
        return value instanceof Text text ? putEnv(name, text.value()) : putEvaluatedEnv(name, value);
    }

    @Override
    public PodTask.Builder args(Expression... args) {
        return evaluatedArgs(List.of(args));
    }

    @Override
    public PodTask.Builder image(String image) {
        return pod(p -> p.image(image));
    }

    @Override
    public PodTask.Builder imagePullPolicy(String policy) {
        return pod(p -> p.imagePullPolicy(policy));
    }

    @Override
    public PodTask.Builder command(List<String> command) {
        return pod(p -> p.command(command));
    }

    @Override
    public PodTask.Builder args(List<String> args) {
        return pod(p -> p.args(args));
    }

    @Override
    public PodTask.Builder workingDir(String directory) {
        return pod(p -> p.workingDir(directory));
    }

    @Override
    public PodTask.Builder env(Map<String, String> env) {
        return pod(p -> p.env(env));
    }

    @Override
    public PodTask.Builder putEnv(String name, String value) {
        return pod(p -> p.putEnv(name, value));
    }

    @Override
    public PodTask.Builder putSecretEnv(String name, SecretRef secret) {
        return pod(p -> p.putSecretEnv(name, secret));
    }

    @Override
    public PodTask.Builder putConfigMapEnv(String name, String configMap, String key) {
        return pod(p -> p.putConfigMapEnv(name, configMap, key));
    }

    @Override
    public PodTask.Builder putFieldEnv(String name, String fieldPath) {
        return pod(p -> p.putFieldEnv(name, fieldPath));
    }

    @Override
    public PodTask.Builder addEnvFromSecret(String secret) {
        return pod(p -> p.addEnvFromSecret(secret));
    }

    @Override
    public PodTask.Builder addEnvFromConfigMap(String configMap) {
        return pod(p -> p.addEnvFromConfigMap(configMap));
    }

    @Override
    public PodTask.Builder resources(Resources resources) {
        return pod(p -> p.resources(resources));
    }

    @Override
    public PodTask.Builder resources(Consumer<Resources.Builder> changes) {
        return pod(p -> p.resources(changes));
    }

    @Override
    public PodTask.Builder mount(Volume volume, String path) {
        return pod(p -> p.mount(volume, path));
    }

    @Override
    public PodTask.Builder mountReadOnly(Volume volume, String path) {
        return pod(p -> p.mountReadOnly(volume, path));
    }

    @Override
    public PodTask.Builder addPort(String name, int port) {
        return pod(p -> p.addPort(name, port));
    }

    @Override
    public PodTask.Builder field(String name, Object tree) {
        return pod(p -> p.field(name, tree));
    }
}
