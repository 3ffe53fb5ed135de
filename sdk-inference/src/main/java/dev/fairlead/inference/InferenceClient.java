package dev.fairlead.inference;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.config.CallOptions;
import dev.fairlead.credentials.CredentialsProvider;
import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * Speaks the Open Inference Protocol (V2) to MLServer, Triton, KServe and Seldon. Immutable and thread-safe; opens no connection before the
 * first call.
 *
 * <p>An inference is sent again only where it certainly did not happen, unless it is marked {@link #safe()}.
 */
public interface InferenceClient {
    /**
     * Makes a client for a server's address, such as {@code http://127.0.0.1:8080}. No credentials are sent; see {@link #builder()}.
     *
     * @throws dev.fairlead.error.InvalidValueException if the address is not an http or https one
     */
    static InferenceClient create(MlPlatform platform, URI uri) {
        return builder().platform(platform).uri(uri).build();
    }

    /** Starts a client. */
    static Builder builder() {
        return new DefaultInferenceClient.Builder();
    }

    /**
     * Asks a model for an inference.
     *
     * @throws dev.fairlead.error.NotFoundException if the server knows no such model
     * @throws dev.fairlead.error.InvalidRequestException if the server or the model refuses the tensors
     */
    default InferenceResponse infer(String model, Tensor... inputs) {
        return infer(InferenceRequest.of(model, inputs));
    }

    /**
     * Asks for an inference.
     *
     * @throws dev.fairlead.error.NotFoundException if the server knows no such model
     * @throws dev.fairlead.error.InvalidRequestException if the server or the model refuses the tensors; where a server only says that the
     *     model failed, the tensors are compared with the model's metadata and what differs is named
     */
    InferenceResponse infer(InferenceRequest request);

    /** Returns one model of the server; asks nothing. */
    InferenceModel model(String name);

    /**
     * Describes a model.
     *
     * @throws dev.fairlead.error.NotFoundException if the server knows no such model
     */
    ModelMetadata metadata(String model);

    /** Describes the server. */
    ServerMetadata metadata();

    /** Tells whether the server runs; {@code false} when it says no, an exception when it cannot be reached. */
    boolean live();

    /** Tells whether the server can answer inferences; {@code false} when it says no, an exception when it cannot be reached. */
    boolean ready();

    /** Tells whether a model can answer now; {@code false} also when the server does not know it. */
    boolean ready(String model);

    /**
     * Waits for a model to be ready: a rollout may be done before the way to it is. A server that cannot be reached yet is waited for too.
     *
     * @return gives the model's metadata; it cannot be cancelled
     */
    Operation<ModelMetadata> whenReady(String model);

    /** Returns a view whose inferences may be repeated although it is not known whether the server acted on them. */
    InferenceClient safe();

    /** Returns a view with other time limits, retries or headers; same connections. */
    InferenceClient withOptions(UnaryOperator<CallOptions> change);

    /** Builds a client. Not thread-safe. */
    interface Builder {
        /** Sets the platform whose time limits, retries and listeners apply; one of its own otherwise. */
        Builder platform(MlPlatform platform);

        /** Sets the server's address. */
        Builder uri(URI uri);

        /** Sets the server's address. */
        default Builder uri(String uri) {
            return uri(URI.create(uri));
        }

        /** Takes address, credentials and TLS of a service of the platform's settings, such as {@code seldon}, instead of an address. */
        Builder service(String service);

        /** Sets what stands before {@code /v2} in every path, such as {@code /seldon/fraud/scorer}; nothing by default. */
        Builder path(String path);

        /** Sets where the credentials come from; none by default. */
        Builder credentials(CredentialsProvider credentials);

        /**
         * Makes the client; opens no connection.
         *
         * @throws dev.fairlead.error.InvalidValueException if neither or both of address and service are set
         * @throws dev.fairlead.error.ConfigurationException if the service has no address in the settings
         */
        InferenceClient build();
    }
}
