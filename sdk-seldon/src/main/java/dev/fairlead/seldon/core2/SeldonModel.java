package dev.fairlead.seldon.core2;

import dev.fairlead.ModelSource;
import dev.fairlead.seldon.internal.crd.ModelCodec;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Is a model of Seldon Core 2 ({@code Model}): files, and what a server must have to serve them. The scheduler puts it on a server whose
 * capabilities hold all requirements and whose replicas have the memory.
 */
public interface SeldonModel extends Core2Object {
    /** Returns where the model's files are: an address such as {@code gs://bucket/model}, or an absolute path inside the server's pods. */
    URI storageUri();

    /** Returns the type, such as {@code sklearn}; the scheduler takes it for one more requirement. */
    Optional<String> modelType();

    /** Returns which version folder is taken where there are several; empty takes the highest. */
    OptionalInt artifactVersion();

    /** Returns where the description of its inputs and outputs is. */
    Optional<URI> schemaUri();

    /** Returns the Secret with the rclone settings its files are read with. */
    Optional<String> secretName();

    /** Returns the capabilities a server must have, word for word. */
    List<String> requirements();

    /** Returns the memory every replica takes, a quantity such as {@code 500Mi}; empty counts as nothing. */
    Optional<String> memory();

    /** Returns on how many of a server's replicas it is loaded; empty means the fewest, or 1. */
    OptionalInt replicas();

    /** Returns the fewest; with fewer replicas free than wanted, the scheduler is content with these. */
    OptionalInt minReplicas();

    /** Returns the most; with it or the fewest set, Seldon scales the model by itself. */
    OptionalInt maxReplicas();

    /** Returns the server it must run on; empty leaves it to the scheduler. */
    Optional<String> server();

    /** Tells whether a server has loaded it already. */
    boolean preloaded();

    /** Tells whether it has its server for itself. */
    boolean dedicated();

    /** Returns how its payloads are logged. */
    Optional<ModelLogger> logger();

    /** Returns what it explains, if it is an explainer. */
    Optional<ModelExplainer> explainer();

    /** Returns the parameters it is loaded with. */
    List<ModelParameter> parameters();

    @Override
    default String kind() {
        return "Model";
    }

    @Override
    default Map<String, Object> toTree() {
        return ModelCodec.write(this);
    }

    /**
     * Reads an object. It is not checked, for a cluster may hold anything; see {@link #problems()}.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is no Model of Seldon Core 2
     */
    static SeldonModel fromTree(Map<String, ?> tree) {
        return ModelCodec.read(tree);
    }

    /** Starts a model. */
    static Builder builder() {
        return ImmutableSeldonModel.builder();
    }

    /** Starts a model of a name. */
    static Builder builder(String name) {
        return builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SeldonModel with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a model. Not thread-safe. */
    interface Builder extends Core2Object.Builder<Builder> {
        /** Sets where the model's files are, and carries its labels, name, version and run over to the object. */
        Builder model(ModelSource source);

        /** Sets where the model's files are. */
        Builder storageUri(URI storageUri);

        /** Sets where the model's files are. */
        default Builder storageUri(String storageUri) {
            return storageUri(URI.create(storageUri));
        }

        /** Sets the type, such as {@code sklearn}. */
        Builder modelType(String type);

        /** Sets which version folder is taken where there are several. */
        Builder artifactVersion(int version);

        /** Sets where the description of its inputs and outputs is. */
        Builder schemaUri(URI schemaUri);

        /** Sets the Secret with the rclone settings its files are read with. */
        Builder secretName(String name);

        /** Replaces the capabilities a server must have. */
        Builder requirements(Iterable<String> requirements);

        /** Adds a capability a server must have. */
        Builder addRequirement(String requirement);

        /** Sets the memory every replica takes. */
        Builder memory(String quantity);

        /** Sets on how many of a server's replicas it is loaded; a model that is there already cannot be given 0. */
        Builder replicas(int replicas);

        /** Sets the fewest. */
        Builder minReplicas(int replicas);

        /** Sets the most. */
        Builder maxReplicas(int replicas);

        /** Sets the server it must run on. */
        Builder server(String name);

        /** Says whether a server has loaded it already. */
        Builder preloaded(boolean preloaded);

        /** Says whether it has its server for itself. */
        Builder dedicated(boolean dedicated);

        /** Logs its payloads. */
        Builder logger(ModelLogger logger);

        /** Makes it an explainer. */
        Builder explainer(ModelExplainer explainer);

        /** Replaces the parameters it is loaded with. */
        Builder parameters(Iterable<? extends ModelParameter> parameters);

        /** Adds a parameter it is loaded with. */
        Builder addParameter(ModelParameter parameter);

        /** Adds a parameter it is loaded with. */
        default Builder addParameter(String name, String value) {
            return addParameter(ModelParameter.of(name, value));
        }

        /** Makes the model, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        SeldonModel build();
    }
}
