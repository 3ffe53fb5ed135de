package dev.fairlead.internal.http;

import dev.fairlead.spi.Body;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, ready to be sent.
 *
 * @param method the HTTP method
 * @param base the service's address
 * @param target what follows it: path and query, encoded
 * @param headers all headers, credentials included
 * @param body what is sent, or {@code null}
 * @param transfer whether the idle limit bounds it instead of the time limit of the call
 * @param idle its own idle limit, or {@code null} for the transport's
 */
public record Wire(
        String method,
        URI base,
        String target,
        Map<String, String> headers,
        @Nullable Body body,
        boolean transfer,
        @Nullable Duration idle) {
    /** Returns the whole address. */
    public URI uri() {
        return URI.create(base + target);
    }

    @Override
    public String toString() {
        URI uri = uri();
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
