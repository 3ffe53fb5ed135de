package dev.fairlead.config;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the numbers of the small records in this package. */
final class Limits {
    private Limits() {}

    static void positive(String place, @Nullable Duration value) {
        require(value != null && !value.isNegative() && !value.isZero(), place, "must be longer than zero", value);
    }

    static void require(boolean holds, String place, String rule, @Nullable Object value) {
        if (!holds) {
            throw new InvalidValueException("setting", List.of(new Problem(place, rule, String.valueOf(value))));
        }
    }
}
