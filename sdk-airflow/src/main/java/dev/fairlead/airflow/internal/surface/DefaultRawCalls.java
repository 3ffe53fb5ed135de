package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.RawCalls;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls by path. */
public final class DefaultRawCalls implements RawCalls {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final Surface surface;
    private final boolean repeatable;

    /** Creates the calls. */
    public DefaultRawCalls(Surface surface) {
        this(surface, false);
    }

    private DefaultRawCalls(Surface surface, boolean repeatable) {
        this.surface = surface;
        this.repeatable = repeatable;
    }

    @Override
    public RawCalls repeatable() {
        return new DefaultRawCalls(surface, true);
    }

    @Override
    public Map<String, Object> get(String path, Map<String, ?> query) {
        CallSpec.Builder<Map<String, Object>> spec = spec("GET", path, null, Surface.TREE);
        query.forEach((name, value) -> {
            if (value instanceof Iterable<?> values) {
                values.forEach(each -> spec.query(name, each));
            } else {
                spec.query(name, value);
            }
        });
        return surface.call(spec);
    }

    @Override
    public <T> T get(String path, Class<T> type) {
        return surface.call(spec("GET", path, null, Decoder.json(Surface.JSON, type)));
    }

    @Override
    public Map<String, Object> delete(String path) {
        return surface.call(spec("DELETE", path, null, Surface.TREE));
    }

    @Override
    public Map<String, Object> send(String method, String path, Map<String, ?> body) {
        return surface.call(spec(method, path, Body.json(Surface.JSON.write(body)), Surface.TREE));
    }

    @Override
    public String text(String method, String path, @Nullable String json) {
        Body body = json == null ? null : Body.json(json.getBytes(StandardCharsets.UTF_8));
        return surface.call(spec(method, path, body, Decoder.text()));
    }

    private <T> CallSpec.Builder<T> spec(String method, String path, @Nullable Body body, Decoder<T> decoder) {
        String verb = method.toUpperCase(Locale.ROOT);
        Problems.check("call", (Problems.Checked) at -> {
            at.require(METHODS.contains(verb), "method", "must be one of " + METHODS, method);
            at.require(isPath(path), "path", "must be the path of an address, encoded, without scheme and host", path);
        });
        String full = path.startsWith("/") ? path : surface.root() + "/" + path;
        CallSpec.Builder<T> spec = CallSpec.of("raw", verb, full, body, decoder);
        return repeatable || verb.equals("GET") ? spec.repeatable() : spec;
    }

    private static boolean isPath(String path) {
        try {
            URI uri = new URI("http://host" + (path.startsWith("/") ? path : "/api/v2/" + path));
            return !path.isBlank()
                    && uri.getRawFragment() == null
                    && uri.normalize().getRawPath().equals(uri.getRawPath());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
