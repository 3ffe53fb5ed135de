package dev.fairlead.mlflow;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says that an alias was not moved, because it does not point at the version that was expected: somebody else was first. */
public final class PromotionLostException extends ConflictException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String winner;

    /**
     * Creates the exception.
     *
     * @param winner the version the alias points at, or {@code null} if there is no such alias
     */
    public PromotionLostException(CallDetails details, @Nullable String winner) {
        super(details, "read the alias again and decide anew; what was promoted by others stays as it is");
        this.winner = winner;
    }

    /** Returns the version the alias points at; empty if there is no such alias. */
    public Optional<String> winner() {
        return Optional.ofNullable(winner);
    }
}
