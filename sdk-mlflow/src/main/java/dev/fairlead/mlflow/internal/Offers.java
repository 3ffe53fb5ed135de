package dev.fairlead.mlflow.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers for a while what a server did not offer, so that it is not asked before each file. */
final class Offers {
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<String, Instant> refused = new ConcurrentHashMap<>();

    Offers(Clock clock) {
        this.clock = clock;
    }

    boolean mayTry(String what) {
        Instant since = refused.get(what);
        return since == null || since.plus(MEMORY).isBefore(clock.instant());
    }

    void refused(String what) {
        refused.put(what, clock.instant());
    }
}
