package dev.fairlead.config;

import java.time.Duration;

/**
 * Bounds one call. Waiting for remote work is a separate, explicit number: {@link dev.fairlead.Operation#await}.
 *
 * @param connect how long opening a connection may take
 * @param call how long one call may take with all its attempts and pauses
 * @param idle how long a transfer or stream may pass without a byte; such calls are not bounded by {@code call}
 */
public record Timeouts(Duration connect, Duration call, Duration idle) {
    /** 10 s to connect, 60 s for a call, 30 s without a byte. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));

    /** Checks that each is positive. */
    public Timeouts {
        Limits.positive("timeouts.connect", connect);
        Limits.positive("timeouts.call", call);
        Limits.positive("timeouts.idle", idle);
    }

    /** Returns a copy with another limit for opening a connection. */
    public Timeouts withConnect(Duration limit) {
        return new Timeouts(limit, call, idle);
    }

    /** Returns a copy with another limit for one call. */
    public Timeouts withCall(Duration limit) {
        return new Timeouts(connect, limit, idle);
    }

    /** Returns a copy with another limit for silence. */
    public Timeouts withIdle(Duration limit) {
        return new Timeouts(connect, call, limit);
    }
}
