package dev.fairlead.internal;

import dev.fairlead.config.RetryPolicy;
import dev.fairlead.config.Timeouts;
import dev.fairlead.internal.config.Settings;
import org.jspecify.annotations.Nullable;

/** Completes what the builder left open from the settings around, and that from the defaults. */
final class Defaults {
    private Defaults() {}

    static RetryPolicy retry(@Nullable RetryPolicy given, Settings settings) {
        if (given != null) {
            return given;
        }
        RetryPolicy base = RetryPolicy.DEFAULT;
        return new RetryPolicy(
                settings.number("retry.max-attempts").orElse(base.maxAttempts()),
                settings.duration("retry.base").orElse(base.base()),
                settings.duration("retry.longest").orElse(base.longest()),
                settings.number("retry.budget").orElse(base.budget()));
    }

    static Timeouts timeouts(@Nullable Timeouts given, Settings settings) {
        if (given != null) {
            return given;
        }
        Timeouts base = Timeouts.DEFAULT;
        return new Timeouts(
                settings.duration("timeouts.connect").orElse(base.connect()),
                settings.duration("timeouts.call").orElse(base.call()),
                settings.duration("timeouts.idle").orElse(base.idle()));
    }
}
