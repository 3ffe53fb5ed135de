package dev.fairlead.seldon.kserve;

import dev.fairlead.error.OperationFailedException;

/** Says that an inference service will not answer with what is specified unless somebody changes something. The object stays as it is. */
public class InferenceServiceFailedException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final transient LoadFailure failure;

    /** Creates the exception; {@code state} is KServe's word for it. */
    public InferenceServiceFailedException(String what, String operationId, String state, LoadFailure failure) {
        super(what + " failed: " + failure, operationId, state, "", null);
        this.failure = failure;
    }

    /** Returns the cause. */
    public LoadFailure failure() {
        return failure;
    }
}
