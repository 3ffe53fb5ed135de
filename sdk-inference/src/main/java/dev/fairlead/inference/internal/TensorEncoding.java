package dev.fairlead.inference.internal;

import dev.fairlead.inference.InferenceRequest;
import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.Reply;
import java.io.IOException;
import java.util.Map;

/** How tensors lie in the body of a REST call. */
public interface TensorEncoding {
    /**
     * Writes a request.
     *
     * @throws dev.fairlead.error.InvalidValueException if a tensor cannot be written this way
     */
    Encoded encode(InferenceRequest request);

    /** Reads an answer. */
    InferenceResponse decode(Reply reply) throws IOException;

    /**
     * Holds a request ready to be sent.
     *
     * @param body the body
     * @param headers the headers it needs
     */
    record Encoded(Body body, Map<String, String> headers) {}
}
