package dev.fairlead.testing.internal.http;

import com.sun.net.httpserver.HttpExchange;
import dev.fairlead.spi.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request as a route sees it. Used by one thread. */
public final class HttpCall {
    private static final int MAX_RECORDED = 1 << 20;

    private final HttpExchange exchange;
    private final Map<String, List<String>> query;
    private Map<String, String> variables = Map.of();
    private byte @Nullable [] bytes;

    HttpCall(HttpExchange exchange) {
        this.exchange = exchange;
        this.query = parse(exchange.getRequestURI().getRawQuery());
    }

    public String method() {
        return exchange.getRequestMethod();
    }

    /** Returns the path as it was sent, encoded. */
    public String rawPath() {
        return exchange.getRequestURI().getRawPath();
    }

    /** Returns the query as it was sent, encoded; {@code null} for none. */
    public @Nullable String rawQuery() {
        return exchange.getRequestURI().getRawQuery();
    }

    /** Returns a variable of the route, decoded. */
    public String variable(String name) {
        return Objects.requireNonNull(variables.get(name), () -> "the route has no variable " + name);
    }

    /** Returns all variables of the route, decoded. */
    public Map<String, String> variables() {
        return variables;
    }

    void variables(Map<String, String> found) {
        variables = found;
    }

    public Optional<String> query(String name) {
        return queryAll(name).stream().findFirst();
    }

    public List<String> queryAll(String name) {
        return query.getOrDefault(name, List.of());
    }

    public Map<String, List<String>> query() {
        return query;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Returns all headers, names in lower case. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((k, v) -> all.put(k.toLowerCase(Locale.ROOT), List.copyOf(v)));
        return all;
    }

    /** Returns the body unread; not to be mixed with {@link #bytes()}. */
    public InputStream stream() {
        return exchange.getRequestBody();
    }

    /** Returns the whole body. */
    public byte[] bytes() throws IOException {
        if (bytes == null) {
            bytes = exchange.getRequestBody().readAllBytes();
        }
        return bytes;
    }

    /** Returns the whole body as a tree; an empty body is an empty object. */
    public Map<String, Object> json() throws IOException {
        byte[] body = bytes();
        return body.length == 0 ? Map.of() : JsonCodec.camelCase().object(body, "the request");
    }

    /** Returns the body for the journal. */
    String recordedBody() {
        byte[] body = bytes;
        return body == null || body.length > MAX_RECORDED ? "" : new String(body, StandardCharsets.UTF_8);
    }

    private static Map<String, List<String>> parse(@Nullable String raw) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return all;
        }
        for (String pair : raw.split("&", -1)) {
            int eq = pair.indexOf('=');
            String name = eq < 0 ? pair : pair.substring(0, eq);
            String value = eq < 0 ? "" : pair.substring(eq + 1);
            all.computeIfAbsent(decodeQuery(name), k -> new ArrayList<>()).add(decodeQuery(value));
        }
        return all;
    }

    private static String decodeQuery(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Decodes one path segment, in which a plus is a plus. */
    static String decodeSegment(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
