package dev.fairlead.seldon;

import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Is one node of an inference graph, at any depth: a model, or what stands before, after or between models. */
public interface GraphNode {
    /** Returns the name: also that of its container, and of the model in calls. */
    String name();

    /** Returns what it does; empty means a model. */
    Optional<NodeType> type();

    /** Returns what runs it; empty means a container of its name. */
    Optional<ServerImplementation> implementation();

    /** Returns its methods, for {@link NodeType#UNKNOWN_TYPE}. */
    List<NodeMethod> methods();

    /** Returns its parameters. */
    List<NodeParameter> parameters();

    /** Returns the address the cluster reads its model from. */
    Optional<URI> modelUri();

    /** Returns the service account with whose credentials the model is read. */
    Optional<String> serviceAccountName();

    /** Returns the Secret whose entries become the storage initializer's variables. */
    Optional<String> envSecretRefName();

    /** Returns the storage initializer's image; empty leaves it to the operator. */
    Optional<String> storageInitializerImage();

    /** Returns where its payloads are sent on. */
    Optional<PayloadLogger> logger();

    /** Returns where it is called; the operator writes host and ports itself for a node that has a container. */
    Optional<NodeEndpoint> endpoint();

    /** Returns the nodes below, in order. */
    List<GraphNode> children();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts a node. */
    static Builder builder() {
        return ImmutableGraphNode.builder();
    }

    /** Starts a model that a prepackaged server runs. */
    static Builder model(String name, ServerImplementation server, URI modelUri) {
        return builder().name(name).implementation(server).modelUri(modelUri);
    }

    /** Starts a node that a container of its name runs; see {@link ComponentSpec}. */
    static Builder container(String name, NodeType type) {
        return builder().name(name).type(type);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default GraphNode with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a node. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets what it does. */
        Builder type(NodeType type);

        /** Sets what runs it. */
        Builder implementation(ServerImplementation implementation);

        /** Replaces its methods. */
        Builder methods(Iterable<? extends NodeMethod> methods);

        /** Adds a method. */
        Builder addMethod(NodeMethod method);

        /** Replaces its parameters. */
        Builder parameters(Iterable<? extends NodeParameter> parameters);

        /** Adds a parameter. */
        Builder addParameter(NodeParameter parameter);

        /** Sets the address the cluster reads its model from. */
        Builder modelUri(URI modelUri);

        /** Sets the address the cluster reads its model from. */
        default Builder modelUri(String modelUri) {
            return modelUri(URI.create(modelUri));
        }

        /** Sets the service account with whose credentials the model is read. */
        Builder serviceAccountName(String name);

        /** Sets the Secret whose entries become the storage initializer's variables. */
        Builder envSecretRefName(String name);

        /** Sets the storage initializer's image. */
        Builder storageInitializerImage(String image);

        /** Sets where its payloads are sent on. */
        Builder logger(PayloadLogger logger);

        /** Sets where it is called. */
        Builder endpoint(NodeEndpoint endpoint);

        /** Replaces the nodes below. */
        Builder children(Iterable<? extends GraphNode> children);

        /** Adds a node below. */
        Builder addChild(GraphNode child);

        /** Adds a node below; its problems are reported with those of the whole. */
        default Builder addChild(Builder child) {
            return addChild(ValueBuilder.<GraphNode>partOf(child));
        }

        /** Adds a node below. */
        default Builder addChild(Consumer<Builder> child) {
            Builder builder = builder();
            child.accept(builder);
            return addChild(builder);
        }

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes the node, or throws {@link dev.fairlead.error.InvalidValueException}. */
        GraphNode build();
    }
}
