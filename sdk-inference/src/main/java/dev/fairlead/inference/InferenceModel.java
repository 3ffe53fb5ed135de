package dev.fairlead.inference;

import dev.fairlead.Operation;

/** Is one model of a server: the same calls as {@link InferenceClient}, without repeating its name. Immutable and thread-safe. */
public interface InferenceModel {
    /** Returns the model's name. */
    String name();

    /**
     * Asks for an inference.
     *
     * @throws dev.fairlead.error.NotFoundException if the server knows no such model
     * @throws dev.fairlead.error.InvalidRequestException if the server or the model refuses the tensors
     */
    InferenceResponse infer(Tensor... inputs);

    /** Describes the model. */
    ModelMetadata metadata();

    /** Tells whether the model can answer now; {@code false} also when the server does not know it. */
    boolean ready();

    /** Waits for the model to be ready, and gives its metadata; see {@link InferenceClient#whenReady}. */
    Operation<ModelMetadata> whenReady();

    /** Returns a view whose inferences may be repeated although it is not known whether the server acted on them. */
    InferenceModel safe();
}
