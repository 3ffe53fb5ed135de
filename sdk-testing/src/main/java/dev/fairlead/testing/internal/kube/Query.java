package dev.fairlead.testing.internal.kube;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The query of a request. */
final class Query {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Predicate<Map<String, Object>> selector;

    Query(@Nullable String raw) {
        if (raw != null) {
            for (String part : raw.split("&", -1)) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                values.put(decode(name), decode(value));
            }
        }
        selector = Selector.labels(values.get("labelSelector")).and(Selector.fields(values.get("fieldSelector")));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String get(String name) {
        return values.getOrDefault(name, "");
    }

    boolean flag(String name) {
        return get(name).equals("true") || get(name).equals("1");
    }

    boolean selects(Map<String, Object> object) {
        return selector.test(object);
    }
}
