package dev.fairlead.seldon.core2;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.ServerCodec;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Is what servers of Seldon Core 2 are made of ({@code ServerConfig}): an inference server, its agent and its rclone in one pod. */
public interface ServerConfig extends Core2Object {
    /** Returns the pod. */
    PodTemplate pod();

    /** Returns the volumes every pod gets for its own. */
    List<VolumeClaimTemplate> volumeClaimTemplates();

    @Override
    default String kind() {
        return "ServerConfig";
    }

    @Override
    default Map<String, Object> toTree() {
        return ServerCodec.write(this);
    }

    /**
     * Reads an object. It is not checked, for a cluster may hold anything; see {@link #problems()}.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is no ServerConfig of Seldon Core 2
     */
    static ServerConfig fromTree(Map<String, ?> tree) {
        return ServerCodec.config(tree);
    }

    /** Starts a configuration. */
    static Builder builder() {
        return ImmutableServerConfig.builder();
    }

    /** Starts a configuration of a name. */
    static Builder builder(String name) {
        return builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default ServerConfig with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a configuration. Not thread-safe. */
    interface Builder extends Core2Object.Builder<Builder> {
        /** Sets the pod; mandatory. */
        Builder pod(PodTemplate pod);

        /** Sets up the pod; its main container is the one named {@code container}. */
        default Builder pod(String container, Consumer<PodTemplate.Builder> pod) {
            return pod(Pods.container(container, pod));
        }

        /** Replaces the volumes every pod gets for its own. */
        Builder volumeClaimTemplates(Iterable<? extends VolumeClaimTemplate> templates);

        /** Adds a volume every pod gets for its own. */
        Builder addVolumeClaimTemplate(VolumeClaimTemplate template);

        /** Makes the configuration, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        ServerConfig build();
    }
}
