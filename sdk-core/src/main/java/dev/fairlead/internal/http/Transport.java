package dev.fairlead.internal.http;

import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Reply;

/** Sends one attempt and hands over the unread answer. Repeats nothing, follows no redirect. */
public interface Transport extends AutoCloseable {
    /**
     * Sends.
     *
     * @throws TransportFailure if no answer came
     */
    Reply send(Wire wire, Deadline deadline) throws TransportFailure;

    @Override
    void close();
}
