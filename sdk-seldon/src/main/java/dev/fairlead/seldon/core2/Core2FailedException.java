package dev.fairlead.seldon.core2;

import dev.fairlead.error.OperationFailedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says that something will not become ready unless somebody changes something, and names the cause. The object itself stays as it is. */
public class Core2FailedException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final transient Core2Failure failure;
    private final transient @Nullable ServerFits fits;

    /** Creates the exception; {@code fits} is there where no server takes a model. */
    public Core2FailedException(String what, Core2Failure failure, @Nullable ServerFits fits, String operationId) {
        super(what + " failed: " + failure, operationId, failure.state(), "", null);
        this.failure = failure;
        this.fits = fits;
    }

    /** Returns the cause. */
    public Core2Failure failure() {
        return failure;
    }

    /** Returns what each server lacks, where no server takes a model. */
    public Optional<ServerFits> fits() {
        return Optional.ofNullable(fits);
    }
}
