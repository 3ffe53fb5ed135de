package dev.fairlead.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sets up one container. Not thread-safe.
 *
 * @param <B> the builder, for chaining
 */
public interface ContainerSettings<B> {
    /** Sets the image. */
    B image(String image);

    /** Sets when the image is pulled: {@code Always}, {@code IfNotPresent} or {@code Never}. */
    B imagePullPolicy(String policy);

    /** Replaces the image's entry point. */
    B command(List<String> command);

    /** Replaces the image's entry point. */
    default B command(String... command) {
        return command(List.of(command));
    }

    /** Sets the arguments of the entry point. */
    B args(List<String> args);

    /** Sets the arguments of the entry point. */
    default B args(String... args) {
        return args(List.of(args));
    }

    /** Sets the working directory. */
    B workingDir(String directory);

    /** Replaces the variables with plain values; those taken from Secrets and fields stay. */
    B env(Map<String, String> env);

    /** Sets a variable. */
    B putEnv(String name, String value);

    /** Sets a variable from an entry of a Secret; its value never passes through this program. */
    B putSecretEnv(String name, SecretRef secret);

    /** Sets a variable from an entry of a ConfigMap. */
    B putConfigMapEnv(String name, String configMap, String key);

    /** Sets a variable from a field of the pod, such as {@code metadata.name}. */
    B putFieldEnv(String name, String fieldPath);

    /** Sets a variable for every entry of a Secret. */
    B addEnvFromSecret(String secret);

    /** Sets a variable for every entry of a ConfigMap. */
    B addEnvFromConfigMap(String configMap);

    /** Sets what the container asks for and where it is stopped. */
    B resources(Resources resources);

    /** Changes what the container asks for and where it is stopped. */
    B resources(Consumer<Resources.Builder> changes);

    /** Sets the GPUs; a toleration for GPU nodes comes along. */
    default B gpu(Gpu gpu) {
        return resources(r -> r.gpu(gpu));
    }

    /** Mounts a volume, which is added to the pod. */
    B mount(Volume volume, String path);

    /** Mounts a volume, which is added to the pod, so that the container cannot write to it. */
    B mountReadOnly(Volume volume, String path);

    /** Gives the container shared memory of a size such as {@code 8Gi} at {@code /dev/shm}, as data loaders and Triton want. */
    default B sharedMemory(String size) {
        return mount(Volume.memory("dshm", size), "/dev/shm");
    }

    /** Adds a named port. */
    B addPort(String name, int port);

    /** Sets any other field of the container, given as it stands in a pod. */
    B field(String name, Object tree);
}
