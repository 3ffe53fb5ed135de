package dev.fairlead.seldon.internal.crd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields we model out of an object, one by one; what is left is what we do not model. A field that is empty, or not of the kind
 * we know, is left too, so that it is written back as it came.
 */
final class Fields {
    private final Map<String, Object> left = new LinkedHashMap<>();

    Fields(@Nullable Object object) {
        if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    left.put(String.valueOf(key), value);
                }
            });
        }
    }

    /** Takes a text that is not empty. */
    void text(String name, Consumer<String> take) {
        if (left.get(name) instanceof String text && !text.isEmpty()) {
            left.remove(name);
            take.accept(text);
        }
    }

    /** Takes a text that the function can read. */
    <T> void text(String name, Function<String, T> read, Consumer<T> take) {
        if (left.get(name) instanceof String text && !text.isEmpty()) {
            T value;
            try {
                value = read.apply(text);
            } catch (IllegalArgumentException e) {
                return;
            }
            left.remove(name);
            take.accept(value);
        }
    }

    /** Takes a whole number. */
    void number(String name, IntConsumer take) {
        if (left.get(name) instanceof Number number
                && number.longValue() == number.intValue()
                && number.doubleValue() == number.intValue()) {
            left.remove(name);
            take.accept(number.intValue());
        }
    }

    /** Takes a truth value that is true. */
    void truth(String name, Runnable take) {
        if (Boolean.TRUE.equals(left.get(name))) {
            left.remove(name);
            take.run();
        }
    }

    /** Takes texts by name. */
    void texts(String name, Consumer<Map<String, String>> take) {
        if (left.get(name) instanceof Map<?, ?> map
                && !map.isEmpty()
                && map.values().stream().allMatch(String.class::isInstance)) {
            Map<String, String> texts = new LinkedHashMap<>();
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
            left.remove(name);
            take.accept(texts);
        }
    }

    /** Takes a list whose elements the function can all read; it returns {@code null} for one it cannot. */
    <T> void list(String name, Function<Object, @Nullable T> read, Consumer<List<T>> take) {
        if (left.get(name) instanceof List<?> list && !list.isEmpty()) {
            List<T> values = new ArrayList<>();
            for (Object element : list) {
                T value = element == null ? null : read.apply(element);
                if (value == null) {
                    return;
                }
                values.add(value);
            }
            left.remove(name);
            take.accept(values);
        }
    }

    /** Takes an object that the function can read; it returns {@code null} where it cannot. */
    <T> void object(String name, Function<Map<?, ?>, @Nullable T> read, Consumer<T> take) {
        if (left.get(name) instanceof Map<?, ?> map) {
            T value = read.apply(map);
            if (value != null) {
                left.remove(name);
                take.accept(value);
            }
        }
    }

    /** Takes a field as it stands. */
    @Nullable
    Object take(String name) {
        return left.remove(name);
    }

    /** Returns what was not taken. */
    Map<String, Object> left() {
        return left;
    }
}
