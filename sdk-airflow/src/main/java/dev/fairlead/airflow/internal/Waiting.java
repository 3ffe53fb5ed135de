package dev.fairlead.airflow.internal;

import dev.fairlead.error.MlPlatformException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Seen;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Looks, and takes a server that cannot be asked now for work that goes on: only the waiter's deadline ends that.
 *
 * @param <T> the result
 */
final class Waiting<T> implements Look<T> {
    private final Look<T> look;
    private final AtomicReference<Seen.Pending<T>> last = new AtomicReference<>(new Seen.Pending<>("unknown", ""));

    Waiting(Look<T> look) {
        this.look = look;
    }

    @Override
    public Seen<T> look(Deadline deadline) {
        try {
            Seen<T> seen = look.look(deadline);
            if (seen instanceof Seen.Pending<T> pending) {
                last.set(pending);
            }
            return seen;
        } catch (MlPlatformException e) {
            if (!e.retryable()) {
                throw e;
            }
            Seen.Pending<T> before = Objects.requireNonNull(last.get());
            // a call cut short by the waiter's own deadline tells nothing about the server
            return deadline.passed()
                    ? before
                    : new Seen.Pending<>(before.state(), "the server cannot be asked now: " + e.getMessage());
        }
    }
}
