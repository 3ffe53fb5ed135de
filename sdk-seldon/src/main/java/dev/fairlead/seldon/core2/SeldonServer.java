package dev.fairlead.seldon.core2;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.ServerCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Is an inference server of Seldon Core 2 ({@code Server}): pods of a {@link ServerConfig} that load the models the scheduler gives them.
 */
public interface SeldonServer extends Core2Object {
    /** Returns the name of the {@link ServerConfig} it is made of, such as {@code mlserver}. */
    String serverConfig();

    /** Returns its capabilities, in place of those of its configuration; empty leaves those. */
    List<String> capabilities();

    /** Returns capabilities it has besides. */
    List<String> extraCapabilities();

    /** Returns what its agent has otherwise than its configuration says, as the main container of a pod that holds nothing else. */
    Optional<PodTemplate> agent();

    /** Returns what its rclone has otherwise than its configuration says, as the main container of a pod that holds nothing else. */
    Optional<PodTemplate> rclone();

    /** Returns what its pods have otherwise than its configuration says; containers are merged by their names. */
    Optional<PodTemplate> pod();

    /** Returns how many run; empty means 1. */
    OptionalInt replicas();

    /** Returns the fewest. */
    OptionalInt minReplicas();

    /** Returns the most; with it and the fewest set, Seldon scales the server by its models. */
    OptionalInt maxReplicas();

    /** Tells whether it stays as it is when its configuration changes. */
    boolean disableAutoUpdate();

    @Override
    default String kind() {
        return "Server";
    }

    @Override
    default Map<String, Object> toTree() {
        return ServerCodec.write(this);
    }

    /**
     * Reads an object. It is not checked, for a cluster may hold anything; see {@link #problems()}.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is no Server of Seldon Core 2
     */
    static SeldonServer fromTree(Map<String, ?> tree) {
        return ServerCodec.server(tree);
    }

    /** Starts a server. */
    static Builder builder() {
        return ImmutableSeldonServer.builder();
    }

    /** Starts a server of a name. */
    static Builder builder(String name) {
        return builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SeldonServer with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a server. Not thread-safe. */
    interface Builder extends Core2Object.Builder<Builder> {
        /** Sets the {@link ServerConfig} it is made of; mandatory. */
        Builder serverConfig(String name);

        /** Replaces its capabilities. */
        Builder capabilities(Iterable<String> capabilities);

        /** Adds one to its capabilities, which then stand in place of those of its configuration. */
        Builder addCapability(String capability);

        /** Replaces the capabilities it has besides. */
        Builder extraCapabilities(Iterable<String> capabilities);

        /** Adds a capability it has besides those of its configuration. */
        Builder addExtraCapability(String capability);

        /** Sets what its agent has otherwise. */
        Builder agent(PodTemplate container);

        /** Sets what its agent has otherwise, such as its image. */
        default Builder agent(Consumer<PodTemplate.Builder> container) {
            return agent(Pods.container("agent", container));
        }

        /** Sets what its rclone has otherwise. */
        Builder rclone(PodTemplate container);

        /** Sets what its rclone has otherwise, such as its image. */
        default Builder rclone(Consumer<PodTemplate.Builder> container) {
            return rclone(Pods.container("rclone", container));
        }

        /** Sets what its pods have otherwise. */
        Builder pod(PodTemplate pod);

        /**
         * Sets up what its pods have otherwise; the main container is the one named {@code container}, which in those that Seldon brings along is
         * named like the {@link ServerConfig}: {@code pod("triton", p -> p.gpu(Gpu.nvidia(1)))}. Give the server a capability besides, such as
         * {@code gpu}, and let models require that.
         */
        default Builder pod(String container, Consumer<PodTemplate.Builder> pod) {
            return pod(Pods.container(container, pod));
        }

        /** Sets how many run. */
        Builder replicas(int replicas);

        /** Sets the fewest. */
        Builder minReplicas(int replicas);

        /** Sets the most. */
        Builder maxReplicas(int replicas);

        /** Says whether it stays as it is when its configuration changes. */
        Builder disableAutoUpdate(boolean disable);

        /** Makes the server, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        SeldonServer build();
    }
}
