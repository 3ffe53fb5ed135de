package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Says that a model's payloads are logged.
 *
 * @param share how many of them in percent, or {@code null} for Seldon's own share
 * @param additionalFields the fields we do not model, as they stand in the object
 */
public record ModelLogger(@Nullable Integer share, Map<String, Object> additionalFields) {
    /** Keeps a copy. */
    public ModelLogger {
        additionalFields = Collections.unmodifiableMap(Trees.copy(additionalFields));
    }

    /** Logs Seldon's own share of them. */
    public static ModelLogger create() {
        return new ModelLogger(null, Map.of());
    }

    /** Logs a share of them in percent. */
    public static ModelLogger ofPercent(int percent) {
        return new ModelLogger(percent, Map.of());
    }

    /** Returns how many of them in percent. */
    public OptionalInt percent() {
        return share == null ? OptionalInt.empty() : OptionalInt.of(share);
    }
}
