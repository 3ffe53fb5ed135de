package dev.fairlead.spi;

import dev.fairlead.config.CallOptions;
import java.net.URI;
import java.util.Map;

/** The straight line every remote call walks: deadline, retry, breaker, credentials, transport, error or value. Thread-safe. */
public interface HttpCalls {
    /** Makes the call within the service's time limit. */
    <T> T call(CallSpec<T> spec);

    /** Makes the call within a deadline that others share. */
    <T> T call(CallSpec<T> spec, Deadline deadline);

    /**
     * Opens a stream: the answer is handed over unread, and the caller closes it. The idle limit bounds each read.
     *
     * @param spec its decoder is not used; {@code transfer} is implied
     */
    Reply open(CallSpec<?> spec, Deadline deadline);

    /** Returns a view with other options; same pool, same budget. */
    HttpCalls with(CallOptions options);

    /** Returns the headers that each call carries by the settings and options, credentials not among them. */
    Map<String, String> headers();

    /** Returns the address of the service. */
    URI baseUri();

    /** Starts a deadline of the service's own time limit. */
    Deadline deadline();
}
