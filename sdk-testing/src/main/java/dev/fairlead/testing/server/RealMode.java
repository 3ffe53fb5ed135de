package dev.fairlead.testing.server;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code FAIRLEAD_REAL} asks for. */
enum RealMode {
    /** What is cached runs; Python servers are installed where Python is. */
    AUTO,
    /** Everything is installed and runs; what cannot is a failure. */
    REQUIRED,
    /** Nothing runs. */
    OFF;

    static RealMode of(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return AUTO;
        }
        try {
            return valueOf(value.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ServerException("FAIRLEAD_REAL is '" + value + "': it must be auto, required or off", e);
        }
    }
}
