package dev.fairlead.airflow.admin;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a part of the server is.
 *
 * @param name the part, such as {@code scheduler}
 * @param status the server's word for it; empty where there is no such part
 * @param heartbeat when it last showed that it lives, or {@code null}
 */
public record HealthPart(
        String name, String status, @Nullable Instant heartbeat) {
    /** Returns whether it is as it should be; a part that there is none of counts as such. */
    public boolean healthy() {
        return status.isEmpty() || status.equals("healthy");
    }

    /** Returns when it last showed that it lives. */
    public Optional<Instant> lastHeartbeat() {
        return Optional.ofNullable(heartbeat);
    }

    @Override
    public String toString() {
        return name + " " + (status.isEmpty() ? "none" : status)
                + lastHeartbeat().map(at -> ", last heartbeat " + at).orElse("");
    }
}
