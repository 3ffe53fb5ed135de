package dev.fairlead.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says what a container asks for and where it is stopped: CPU, memory, disk, GPUs. Amounts are Kubernetes quantities, such as {@code 500m}
 * CPU and {@code 16Gi} of memory.
 */
public interface Resources {
    /** Returns the CPU kept for the container. */
    Optional<String> cpuRequest();

    /** Returns the CPU above which the container is slowed down. */
    Optional<String> cpuLimit();

    /** Returns the memory kept for the container. */
    Optional<String> memoryRequest();

    /** Returns the memory above which the container is killed. */
    Optional<String> memoryLimit();

    /** Returns the local disk kept for the container. */
    Optional<String> ephemeralStorageRequest();

    /** Returns the local disk above which the pod is evicted. */
    Optional<String> ephemeralStorageLimit();

    /** Returns the GPUs. */
    Optional<Gpu> gpu();

    /** Returns further extended resources, such as {@code rdma/hca}, each with its amount; empty by default. */
    Map<String, String> extended();

    /** Starts resources. */
    static Builder builder() {
        return ImmutableResources.builder();
    }

    /**
     * Reads resources as they stand in a container.
     *
     * @throws dev.fairlead.error.InvalidValueException if they break a rule; all problems are named
     */
    static Resources fromTree(Map<String, ?> tree) {
        return ResourceTrees.read(tree);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default Resources with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Returns the resources as they stand in a container: {@code requests}, {@code limits}, {@code claims}. */
    Map<String, Object> toTree();

    /** Builds resources. Not thread-safe. */
    interface Builder {
        /** Sets the CPU kept for the container. */
        Builder cpuRequest(String quantity);

        /** Sets the CPU above which the container is slowed down. */
        Builder cpuLimit(String quantity);

        /** Sets the CPU kept for the container, without a limit: it may use what others leave idle. */
        default Builder cpu(String quantity) {
            return cpuRequest(quantity);
        }

        /** Sets the memory kept for the container. */
        Builder memoryRequest(String quantity);

        /** Sets the memory above which the container is killed. */
        Builder memoryLimit(String quantity);

        /** Sets request and limit of memory to the same amount, since memory once given cannot be taken back. */
        default Builder memory(String quantity) {
            return memoryRequest(quantity).memoryLimit(quantity);
        }

        /** Sets the local disk kept for the container. */
        Builder ephemeralStorageRequest(String quantity);

        /** Sets the local disk above which the pod is evicted. */
        Builder ephemeralStorageLimit(String quantity);

        /** Sets request and limit of local disk to the same amount. */
        default Builder ephemeralStorage(String quantity) {
            return ephemeralStorageRequest(quantity).ephemeralStorageLimit(quantity);
        }

        /** Sets the GPUs. */
        Builder gpu(Gpu gpu);

        /** Asks for whole NVIDIA GPUs. */
        default Builder gpus(int count) {
            return gpu(Gpu.nvidia(count));
        }

        /** Replaces the further extended resources. */
        Builder extended(Map<String, ? extends String> amounts);

        /** Adds an extended resource; its limit equals its request. */
        Builder putExtended(String name, String amount);

        /**
         * Makes the resources.
         *
         * @throws dev.fairlead.error.InvalidValueException if they break a rule; all problems are named
         */
        Resources build();
    }
}
