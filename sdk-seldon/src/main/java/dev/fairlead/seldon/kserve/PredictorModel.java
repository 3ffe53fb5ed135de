package dev.fairlead.seldon.kserve;

import dev.fairlead.seldon.ServingProtocol;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says which model a predictor serves, and what is to run it. */
public interface PredictorModel {
    /** The older protocol with {@code :predict}, which is TensorFlow Serving's too. */
    ServingProtocol V1 = ServingProtocol.of("v1");

    /** The Open Inference Protocol over gRPC. */
    ServingProtocol GRPC_V2 = ServingProtocol.of("grpc-v2");

    /** Every protocol KServe has a word for; {@link ServingProtocol#V2} is the Open Inference Protocol. */
    List<ServingProtocol> PROTOCOLS = List.of(V1, ServingProtocol.V2, ServingProtocol.of("grpc-v1"), GRPC_V2);

    /** Returns the format, by which KServe finds a runtime. */
    ModelFormat format();

    /** Returns the protocol; empty leaves it to the runtime. */
    Optional<ServingProtocol> protocol();

    /** Returns the ServingRuntime or ClusterServingRuntime; empty lets KServe choose one by format and protocol. */
    Optional<String> runtime();

    /** Returns the version of the runtime's image. */
    Optional<String> runtimeVersion();

    /** Returns the address the cluster reads the model from. */
    Optional<URI> storageUri();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts a model. */
    static Builder builder() {
        return ImmutablePredictorModel.builder();
    }

    /** Starts a model of a format. */
    static Builder builder(ModelFormat format) {
        return builder().format(format);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a model. Not thread-safe. */
    interface Builder {
        /** Sets the format; mandatory. */
        Builder format(ModelFormat format);

        /** Sets the protocol. */
        Builder protocol(ServingProtocol protocol);

        /** Sets the runtime. */
        Builder runtime(String name);

        /** Sets the version of the runtime's image. */
        Builder runtimeVersion(String version);

        /** Sets the address the cluster reads the model from. */
        Builder storageUri(URI storageUri);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes the model, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PredictorModel build();
    }
}
