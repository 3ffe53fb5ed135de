package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.DagInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Asks a server to read a file soon, and again when that was of no use: the file may not have been where the server looks. */
final class Hurry {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Clock clock;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

    Hurry(Clock clock) {
        this.clock = clock;
    }

    /** Asks, unless that was done a moment ago; without the token of a file there is nothing to ask for. */
    void ask(ServerApi server, DagInfo info) {
        Instant now = clock.instant();
        if (info.fileToken().isPresent()
                && !now.isBefore(Objects.requireNonNull(last.get()).plus(AGAIN))) {
            last.set(now);
            server.parseSoon(info.fileToken().get());
        }
    }
}
