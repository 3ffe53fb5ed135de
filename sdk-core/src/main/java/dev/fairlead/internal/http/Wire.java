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
 * @param uri the whole address
 * @param headers all headers, credentials included
 * @param body what is sent, or {@code null}
 * @param transfer whether the idle limit bounds it instead of the time limit of the call
 * @param idle its own idle limit, or {@code null} for the transport's
 */
public record Wire(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable Body body,
        boolean transfer,
        @Nullable Duration idle) {
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
