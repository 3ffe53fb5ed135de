package dev.fairlead.spi;

import dev.fairlead.MlPlatform;
import dev.fairlead.internal.config.Surroundings;
import java.time.Clock;

/** What tests may change of a platform, reached from its builder. */
public interface PlatformHooks {
    /** Returns the hooks of a builder that {@link MlPlatform#builder()} made. */
    static PlatformHooks of(MlPlatform.Builder builder) {
        return (PlatformHooks) builder;
    }

    /** Measures all limits on another clock. */
    PlatformHooks clock(Clock clock);

    /** Passes time in another way. */
    PlatformHooks sleeper(Sleeper sleeper);

    /** Seeds the jitter. */
    PlatformHooks seed(long seed);

    /** Reads the settings from other surroundings. */
    PlatformHooks surroundings(Surroundings surroundings);
}
