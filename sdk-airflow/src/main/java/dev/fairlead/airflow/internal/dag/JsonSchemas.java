package dev.fairlead.airflow.internal.dag;

import dev.fairlead.spi.Problems;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Checks values by the words of JSON Schema that parameters commonly have: type, enum, minimum, maximum, lengths, pattern, items, properties. Other
 * words are left to Airflow.
 */
public final class JsonSchemas {
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "array", "object", "null");

    private JsonSchemas() {}

    /** Checks a schema itself. */
    public static void checkSchema(Problems at, Map<?, ?> schema) {
        Object type = schema.get("type");
        List<?> types = type instanceof List<?> list ? list : type == null ? List.of() : List.of(type);
        for (Object one : types) {
            at.require(TYPES.contains(one), "type", "must be one of " + String.join(", ", TYPES), one);
        }
        if (schema.get("pattern") instanceof String regex) {
            try {
                Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                at.add("pattern", "must be a regular expression", regex);
            }
        }
    }

    /** Checks a value by a schema. */
    public static void check(Problems at, Map<?, ?> schema, @Nullable Object value) {
        Object type = schema.get("type");
        List<?> types = type instanceof List<?> list ? list : type == null ? List.of() : List.of(type);
        if (!types.isEmpty() && types.stream().noneMatch(t -> is(String.valueOf(t), value))) {
            at.add(
                    "must be of type "
                            + String.join(
                                    " or ", types.stream().map(String::valueOf).toList()),
                    value);
            return;
        }
        if (schema.get("enum") instanceof List<?> allowed && allowed.stream().noneMatch(a -> same(a, value))) {
            at.add("must be one of " + allowed, value);
        }
        if (value instanceof Number number) {
            checkNumber(at, schema, number);
        } else if (value instanceof String text) {
            checkText(at, schema, text);
        } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < list.size(); i++) {
                check(at.at("[" + i + "]"), items, list.get(i));
            }
        } else if (value instanceof Map<?, ?> map && schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, inner) -> {
                if (map.containsKey(name) && inner instanceof Map<?, ?> part) {
                    check(at.at("[" + name + "]"), part, map.get(name));
                }
            });
        }
    }

    private static void checkNumber(Problems at, Map<?, ?> schema, Number value) {
        if (schema.get("minimum") instanceof Number low && decimal(value).compareTo(decimal(low)) < 0) {
            at.add("must be at least " + low, value);
        }
        if (schema.get("maximum") instanceof Number high && decimal(value).compareTo(decimal(high)) > 0) {
            at.add("must be at most " + high, value);
        }
    }

    private static void checkText(Problems at, Map<?, ?> schema, String text) {
        int length = text.codePointCount(0, text.length());
        if (schema.get("minLength") instanceof Number low && length < low.intValue()) {
            at.add("must be at least " + low + " characters", text);
        }
        if (schema.get("maxLength") instanceof Number high && length > high.intValue()) {
            at.add("must be at most " + high + " characters", text);
        }
        if (schema.get("pattern") instanceof String regex) {
            try {
                if (!Pattern.compile(regex).matcher(text).find()) {
                    at.add("must match " + regex, text);
                }
            } catch (PatternSyntaxException e) {
                // the schema's own check tells of it
                return;
            }
        }
    }

    private static boolean is(String type, @Nullable Object value) {
        return switch (type) {
            case "null" -> value == null;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "array" -> value instanceof List<?>;
            case "object" -> value instanceof Map<?, ?>;
            case "number" -> value instanceof Number;
            case "integer" ->
                value instanceof Number number
                        && decimal(number).stripTrailingZeros().scale() <= 0;
            default -> true;
        };
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return (a instanceof Number x && b instanceof Number y)
                ? decimal(x).compareTo(decimal(y)) == 0
                : java.util.Objects.equals(a, b);
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal exact) {
            return exact;
        }
        return number instanceof BigInteger whole ? new BigDecimal(whole) : new BigDecimal(number.toString());
    }
}
