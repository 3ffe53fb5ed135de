package dev.fairlead.airflow.admin;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a process of the server, such as a scheduler.
 *
 * @param id the server's number for it
 * @param type its kind, such as {@code SchedulerJob}
 * @param state the server's word for how it is, such as {@code running}
 * @param host where it runs
 * @param started when it started, or {@code null}
 * @param ended when it ended, or {@code null}
 * @param heartbeat when it last showed that it lives, or {@code null}
 */
public record Job(
        int id,
        String type,
        String state,
        String host,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Instant heartbeat) {
    /** Returns when it started. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(started);
    }

    /** Returns when it ended. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(ended);
    }

    /** Returns when it last showed that it lives. */
    public Optional<Instant> lastHeartbeat() {
        return Optional.ofNullable(heartbeat);
    }
}
