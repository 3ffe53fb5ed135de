package dev.fairlead.seldon;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Says how a predictor's answers are explained: a server of Alibi in a Deployment of its own. */
public interface Explainer {
    /** Returns the method; mandatory where anything is said, for without one the operator silently makes no explainer. */
    Optional<ExplainerType> type();

    /** Returns the address the cluster reads the trained explainer from. */
    Optional<URI> modelUri();

    /** Returns the service account with whose credentials it is read. */
    Optional<String> serviceAccountName();

    /** Returns the Secret whose entries become the storage initializer's variables. */
    Optional<String> envSecretRefName();

    /** Returns the storage initializer's image; empty leaves it to the operator. */
    Optional<String> storageInitializerImage();

    /** Returns its container, as the main container of a pod that holds nothing else; empty leaves it to the operator. */
    Optional<PodTemplate> container();

    /** Returns arguments of the server, with the protocols seldon and tensorflow. */
    Map<String, String> config();

    /** Returns where it is called. */
    Optional<NodeEndpoint> endpoint();

    /** Returns how many run. */
    OptionalInt replicas();

    /** Returns the method's parameters as JSON, with the protocol v2. */
    Optional<String> initParameters();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts an explainer. */
    static Builder builder() {
        return ImmutableExplainer.builder();
    }

    /** Starts an explainer of a method. */
    static Builder builder(ExplainerType type) {
        return builder().type(type);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds an explainer. Not thread-safe. */
    interface Builder {
        /** Sets the method; mandatory. */
        Builder type(ExplainerType type);

        /** Sets the address the cluster reads the trained explainer from. */
        Builder modelUri(URI modelUri);

        /** Sets the address the cluster reads the trained explainer from. */
        default Builder modelUri(String modelUri) {
            return modelUri(URI.create(modelUri));
        }

        /** Sets the service account with whose credentials it is read. */
        Builder serviceAccountName(String name);

        /** Sets the Secret whose entries become the storage initializer's variables. */
        Builder envSecretRefName(String name);

        /** Sets the storage initializer's image. */
        Builder storageInitializerImage(String image);

        /** Sets its container, the main one of a pod that holds nothing else. */
        Builder container(PodTemplate container);

        /** Sets up its container; what is set of the pod around it is refused. */
        default Builder container(String name, Consumer<PodTemplate.Builder> container) {
            PodTemplate.Builder builder = PodTemplate.builder().mainContainer(name);
            container.accept(builder);
            return container(ValueBuilder.<PodTemplate>partOf(builder));
        }

        /** Replaces the arguments of the server. */
        Builder config(Map<String, ? extends String> config);

        /** Adds an argument of the server. */
        Builder putConfig(String name, String value);

        /** Sets where it is called. */
        Builder endpoint(NodeEndpoint endpoint);

        /** Sets how many run. */
        Builder replicas(int replicas);

        /** Sets the method's parameters as JSON. */
        Builder initParameters(String json);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes the explainer, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Explainer build();
    }
}
