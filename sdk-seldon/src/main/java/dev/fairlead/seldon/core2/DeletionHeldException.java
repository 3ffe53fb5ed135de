package dev.fairlead.seldon.core2;

import dev.fairlead.error.OperationTimeoutException;
import java.util.List;

/** Says that an object was to be deleted and is still there, held by finalizers. It goes as soon as they do. */
public class DeletionHeldException extends OperationTimeoutException {
    private static final long serialVersionUID = 1L;

    private final List<String> finalizers;

    /** Creates the exception. */
    public DeletionHeldException(String message, List<String> finalizers) {
        super(message, "", "Terminating", null);
        this.finalizers = List.copyOf(finalizers);
    }

    /** Returns the finalizers, such as {@code seldon.model.finalizer}. */
    public List<String> finalizers() {
        return finalizers;
    }
}
