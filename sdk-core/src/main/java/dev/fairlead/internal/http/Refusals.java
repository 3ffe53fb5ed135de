package dev.fairlead.internal.http;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.spi.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads an answer outside 2xx into trouble. */
final class Refusals {
    private static final int MAX_BODY = 64 << 10;
    private static final List<String> HEADERS =
            List.of("content-type", "retry-after", "location", "www-authenticate", "x-envoy-upstream-service-time");

    private Refusals() {}

    static Trouble read(Attempt<?> attempt, Reply reply) {
        int status = reply.status();
        Duration wish = attempt.retryAfter(reply).orElse(null);
        Map<String, String> headers = new TreeMap<>();
        for (String name : HEADERS) {
            reply.header(name).ifPresent(value -> headers.put(name, value));
        }
        Function<CallDetails, ServiceException> make;
        if (status >= 300 && status < 400) {
            make = details -> redirected(details, headers.getOrDefault("location", "nowhere"));
        } else {
            String body = body(reply);
            make = details -> attempt.refusal(details, headers, body);
        }
        boolean refused = status == 429 || (status == 503 && wish != null);
        ServiceException first = make.apply(attempt.details(status, wish, List.of()));
        return new Trouble(
                words(first, status),
                status,
                refused && first.retryable(),
                first.retryable(),
                wish,
                history -> make.apply(attempt.details(status, wish, history)));
    }

    private static String words(ServiceException e, int status) {
        return status + (e.code().isEmpty() ? "" : " " + e.code());
    }

    private static ServiceException redirected(CallDetails details, String location) {
        String target = location.replaceAll("[?#].*", "");
        return new UnauthenticatedException(
                details.withReason("redirected to " + target),
                "a login page or another server stands in front of the service; address the service itself ("
                        + details.system() + ".uri), or let the proxy pass bearer tokens "
                        + "(oauth2-proxy: --skip-jwt-bearer-tokens, --api-route)");
    }

    private static String body(Reply reply) {
        try {
            return new String(reply.body().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
