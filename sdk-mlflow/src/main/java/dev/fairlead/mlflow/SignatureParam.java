package dev.fairlead.mlflow;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a parameter that a model takes besides its input.
 *
 * @param name its name
 * @param type its type as MLflow names it: {@code string}, {@code integer}, {@code long}, {@code float}, {@code double}, {@code boolean},
 *     {@code datetime} or {@code object}
 * @param defaultValue its value where none is given: text, a number, a boolean, a map for an object, a list of those for a list, or
 *     {@code null} for none
 * @param list whether it takes a list of the type
 * @param additionalFields what else stands in the description, such as an object's {@code properties}
 */
public record SignatureParam(
        String name, String type, @Nullable Object defaultValue, boolean list, Map<String, Object> additionalFields) {
    /** Copies the fields; whole numbers are kept as {@code Long}, others as {@code Double}. */
    public SignatureParam {
        defaultValue = plain(defaultValue);
        additionalFields = Map.copyOf(additionalFields);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SignatureParam::plain).toList();
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof BigDecimal || value instanceof Float ? ((Number) value).doubleValue() : value;
    }

    /** Describes a parameter whose type is that of its default: text, a boolean, a whole number, another number, or a list of one of them. */
    public static SignatureParam of(String name, Object defaultValue) {
        if (defaultValue instanceof List<?> values) {
            String type = values.isEmpty() ? "string" : type(Objects.requireNonNull(values.get(0)));
            return new SignatureParam(name, type, values, true, Map.of());
        }
        return new SignatureParam(name, type(defaultValue), defaultValue, false, Map.of());
    }

    private static String type(Object value) {
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return "long";
        }
        return value instanceof Number ? "double" : "string";
    }

    /** Reads a parameter as MLflow writes it. */
    public static SignatureParam read(Map<String, Object> tree) {
        Map<String, Object> rest = new LinkedHashMap<>(tree);
        String name = Objects.toString(rest.remove("name"), "");
        Object dtype = rest.remove("dtype");
        String type = Objects.toString(rest.remove("type"), Objects.toString(dtype, ""));
        Object value = rest.remove("default");
        boolean list = rest.remove("shape") instanceof List<?>;
        return new SignatureParam(name, type, value, list, rest);
    }

    /** Returns the parameter as MLflow writes it. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("default", defaultValue);
        tree.put("shape", list ? List.of(-1) : null);
        tree.put("type", type);
        tree.putAll(additionalFields);
        return tree;
    }
}
