package dev.fairlead.airflow.internal;

import dev.fairlead.spi.PlatformSpi;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What all who wait for runs of one client share. Thread-safe. */
final class RunWaits {
    /** A stream is an open connection, and a question a second inside the server: few may have one. */
    private static final int STREAMS = 2;

    private final PlatformSpi platform;
    private final Supplier<ServerApi> api;
    private final RunBoard board;
    private final Semaphore streams = new Semaphore(STREAMS);

    RunWaits(PlatformSpi platform, Supplier<ServerApi> api) {
        this.platform = platform;
        this.api = api;
        this.board = new RunBoard(api, platform.clock(), platform.sleeper());
    }

    PlatformSpi platform() {
        return platform;
    }

    Supplier<ServerApi> api() {
        return api;
    }

    RunBoard board() {
        return board;
    }

    /** Returns whether nobody waits at the board, so that a closer look is no burden. */
    boolean nobodyElse() {
        return board.size() == 0;
    }

    /** Takes one of the streams, where the server has them and one is left. */
    boolean mayStream() {
        return api.get().hasStates() && streams.tryAcquire();
    }

    /** Gives a stream back. */
    void streamed() {
        streams.release();
    }
}
