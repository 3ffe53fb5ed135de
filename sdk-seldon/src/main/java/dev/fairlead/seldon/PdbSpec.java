package dev.fairlead.seldon;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many pods may be evicted at once ({@code pdbSpec}). The operator lets every budget cover all pods of the deployment, so one
 * is all there can be. Amounts are whole numbers or percents, such as {@code 2} or {@code 50%}.
 *
 * @param least how many must stay, or {@code null}
 * @param most how many may be away, or {@code null}
 */
public record PdbSpec(@Nullable String least, @Nullable String most) {
    /** Says how many must stay. */
    public static PdbSpec minAvailable(int pods) {
        return new PdbSpec(Integer.toString(pods), null);
    }

    /** Says how many must stay, such as {@code 50%}. */
    public static PdbSpec minAvailable(String amount) {
        return new PdbSpec(amount, null);
    }

    /** Says how many may be away. */
    public static PdbSpec maxUnavailable(int pods) {
        return new PdbSpec(null, Integer.toString(pods));
    }

    /** Says how many may be away, such as {@code 50%}. */
    public static PdbSpec maxUnavailable(String amount) {
        return new PdbSpec(null, amount);
    }

    /** Returns how many must stay. */
    public Optional<String> minAvailable() {
        return Optional.ofNullable(least);
    }

    /** Returns how many may be away. */
    public Optional<String> maxUnavailable() {
        return Optional.ofNullable(most);
    }
}
