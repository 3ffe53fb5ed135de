package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.RawCalls;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.Replies;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls by path. */
final class DefaultRawCalls implements RawCalls {
    private static final String ROOT = "/api/2.0/mlflow/";
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private static final Decoder<Map<String, Object>> OBJECT = reply -> {
        byte[] json = Replies.json(reply, Replies.MAX_JSON);
        return json.length == 0
                ? Map.of()
                : Api.JSON.object(json, "the answer of " + reply.uri().getPath());
    };

    private final Api api;
    private final boolean repeatable;

    DefaultRawCalls(Api api, boolean repeatable) {
        this.api = api;
        this.repeatable = repeatable;
    }

    @Override
    public RawCalls repeatable() {
        return new DefaultRawCalls(api, true);
    }

    @Override
    public Map<String, Object> get(String path, Map<String, ?> query) {
        CallSpec.Builder<Map<String, Object>> spec = spec("GET", path, null, OBJECT);
        query.forEach((name, value) -> {
            if (value instanceof Iterable<?> values) {
                values.forEach(each -> spec.query(name, each));
            } else {
                spec.query(name, value);
            }
        });
        return api.calls().call(spec.build());
    }

    @Override
    public Map<String, Object> send(String method, String path, Map<String, ?> body) {
        return api.calls()
                .call(spec(method, path, Body.json(Api.JSON.write(body)), OBJECT)
                        .build());
    }

    @Override
    public String text(String method, String path, @Nullable String json) {
        Body body = json == null ? null : Body.json(json.getBytes(StandardCharsets.UTF_8));
        return api.calls().call(spec(method, path, body, Decoder.text()).build());
    }

    private <T> CallSpec.Builder<T> spec(String method, String path, @Nullable Body body, Decoder<T> decoder) {
        String verb = method.toUpperCase(Locale.ROOT);
        Problems.check("call", (Problems.Checked) at -> {
            at.require(METHODS.contains(verb), "method", "must be one of " + METHODS, method);
            at.require(isPath(path), "path", "must be the path of an address, encoded, without scheme and host", path);
        });
        String full = path.startsWith("/") ? path : ROOT + path;
        CallSpec.Builder<T> spec = CallSpec.of("raw", verb, full, body, decoder);
        return repeatable || verb.equals("GET") ? spec.repeatable() : spec;
    }

    private static boolean isPath(String path) {
        try {
            URI uri = new URI("http://host" + (path.startsWith("/") ? path : ROOT + path));
            return !path.isBlank()
                    && uri.getRawFragment() == null
                    && uri.normalize().getRawPath().equals(uri.getRawPath());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
