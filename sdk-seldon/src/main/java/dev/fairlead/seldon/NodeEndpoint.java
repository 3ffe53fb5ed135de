package dev.fairlead.seldon;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Says where a node or an explainer is called. The operator writes host and ports itself for a node that has a container. */
public interface NodeEndpoint {
    /** Returns the host. */
    Optional<String> serviceHost();

    /** Returns the one port; the explainer's is 9000 where none is said. */
    OptionalInt servicePort();

    /** Returns how it is called; empty leaves it to the deployment's transport. */
    Optional<EndpointType> type();

    /** Returns the port for REST. */
    OptionalInt httpPort();

    /** Returns the port for gRPC. */
    OptionalInt grpcPort();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts an endpoint. */
    static Builder builder() {
        return ImmutableNodeEndpoint.builder();
    }

    /** Makes an endpoint that only says how it is called. */
    static NodeEndpoint of(EndpointType type) {
        return builder().type(type).build();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds an endpoint. Not thread-safe. */
    interface Builder {
        /** Sets the host. */
        Builder serviceHost(String host);

        /** Sets the one port. */
        Builder servicePort(int port);

        /** Sets how it is called. */
        Builder type(EndpointType type);

        /** Sets the port for REST. */
        Builder httpPort(int port);

        /** Sets the port for gRPC. */
        Builder grpcPort(int port);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes the endpoint, or throws {@link dev.fairlead.error.InvalidValueException}. */
        NodeEndpoint build();
    }
}
