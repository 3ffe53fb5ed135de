package dev.fairlead.airflow.internal.dag;

import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.spi.Problems;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whether a value means the same in Java, JSON and Python. */
public final class JsonRules {
    private static final Set<Class<?>> PLAIN = Set.of(
            Boolean.class, Byte.class, Short.class, Integer.class, Long.class, BigInteger.class, BigDecimal.class);

    private JsonRules() {}

    /** Is asked about each part first. */
    public interface Visitor {
        /** Checks a part that it knows itself and returns true, or returns false. */
        default boolean takes(Problems at, @Nullable Object value) {
            return false;
        }

        /** Is told of each entry of a map. */
        default void entry(Problems at, String key, @Nullable Object value) {}
    }

    /** Checks a value with all its parts: texts, finite numbers, booleans, lists and maps with text keys. */
    public static void check(Problems at, @Nullable Object value) {
        check(at, value, new Visitor() {});
    }

    /** Checks a value with all its parts. */
    public static void check(Problems at, @Nullable Object value, Visitor visitor) {
        if (value == null || PLAIN.contains(value.getClass()) || visitor.takes(at, value)) {
            return;
        }
        if (value instanceof String text) {
            at.require(
                    Python.isEncodable(text),
                    "text",
                    Python.NOT_ENCODABLE,
                    "a text of " + text.length() + " characters");
        } else if (value instanceof Double || value instanceof Float) {
            at.require(Double.isFinite(((Number) value).doubleValue()), "number", "must be finite", value);
        } else if (value instanceof List<?> list) {
            int i = 0;
            for (Object element : list) {
                check(at.at("[" + i++ + "]"), element, visitor);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> entry(at.at("[" + key + "]"), key, element, visitor));
        } else {
            at.add(
                    "must be a text, number, boolean, list or map",
                    value.getClass().getName());
        }
    }

    private static void entry(Problems at, @Nullable Object key, @Nullable Object element, Visitor visitor) {
        if (key instanceof String name) {
            at.require(
                    Python.isEncodable(name),
                    "key",
                    Python.NOT_ENCODABLE,
                    "a text of " + name.length() + " characters");
            visitor.entry(at, name, element);
        } else {
            at.add("key", "must be a text", key);
        }
        check(at, element, visitor);
    }
}
