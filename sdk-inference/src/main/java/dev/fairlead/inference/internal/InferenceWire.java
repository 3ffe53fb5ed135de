package dev.fairlead.inference.internal;

import dev.fairlead.config.CallOptions;
import dev.fairlead.inference.InferenceRequest;
import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.inference.ModelMetadata;
import dev.fairlead.inference.ServerMetadata;

/** How the protocol's calls travel. Thread-safe. */
public interface InferenceWire {
    /** Asks for an inference. */
    InferenceResponse infer(InferenceRequest request);

    /** Describes a model. */
    ModelMetadata metadata(String model);

    /** Describes the server. */
    ServerMetadata metadata();

    /** Tells whether the server runs. */
    boolean live();

    /** Tells whether the server can answer. */
    boolean ready();

    /** Tells whether a model can answer. */
    boolean ready(String model);

    /** Returns a view with other options. */
    InferenceWire with(CallOptions options);
}
