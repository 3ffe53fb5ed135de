package dev.fairlead.airflow.internal.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A piece of Python as a tree that knows how to break its lines. Maps are sorted, so that the same value always gives the same bytes; what
 * commonly leads stands first.
 */
sealed interface Code {
    /** The widest line that is not broken. */
    int WIDTH = 110;

    /** An expression that is written as it is. */
    record Raw(String code) implements Code {}

    /** A text. */
    record Str(String text) implements Code {}

    /** A list. */
    record Items(List<Code> items) implements Code {}

    /** A dictionary; its entries stand in this order. */
    record Entries(Map<String, Code> entries) implements Code {}

    /** A call; an argument with an empty name is positional. */
    record Call(String function, List<Argument> arguments) implements Code {}

    /** An attribute of something. */
    record Attribute(Code on, String name) implements Code {}

    /** A call of a method of something, or of the thing itself where the name is empty. */
    record Method(Code on, String name, List<Argument> arguments) implements Code {}

    /** An argument. */
    record Argument(String name, Code value) {}

    /** Writes on one line. */
    default String flat() {
        if (this instanceof Raw raw) {
            return raw.code();
        }
        if (this instanceof Str str) {
            return Python.text(str.text());
        }
        if (this instanceof Items list) {
            return list.items().stream().map(Code::flat).collect(Collectors.joining(", ", "[", "]"));
        }
        if (this instanceof Entries dict) {
            return dict.entries().entrySet().stream()
                    .map(e -> Python.text(e.getKey()) + ": " + e.getValue().flat())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (this instanceof Method method) {
            return method.on().flat() + dotted(method.name()) + flat(method.arguments());
        }
        if (this instanceof Attribute attribute) {
            return attribute.on().flat() + "." + attribute.name();
        }
        Call call = (Call) this;
        return call.function() + flat(call.arguments());
    }

    private static String dotted(String name) {
        return name.isEmpty() ? "" : "." + name;
    }

    private static String flat(List<Argument> arguments) {
        return arguments.stream()
                .map(a -> (a.name().isEmpty() ? "" : a.name() + "=") + a.value().flat())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * Writes with line breaks.
     *
     * @param indent the indent of the line this stands in
     * @param before how much of that line is taken already
     */
    default String broken(String indent, int before) {
        String flat = flat();
        if (before + flat.length() <= WIDTH && !isOperator()) {
            return flat;
        }
        String inner = indent + "    ";
        if (this instanceof Str str) {
            List<String> pieces = Python.pieces(str.text());
            return pieces.size() == 1 ? flat : "(\n" + inner + String.join("\n" + inner, pieces) + "\n" + indent + ")";
        }
        List<String> lines = new ArrayList<>();
        if (this instanceof Items list) {
            list.items().forEach(i -> lines.add(i.broken(inner, inner.length())));
            return block("[", lines, "]", indent);
        }
        if (this instanceof Entries dict) {
            dict.entries().forEach((key, value) -> {
                String start = Python.text(key) + ": ";
                lines.add(start + value.broken(inner, inner.length() + start.length()));
            });
            return block("{", lines, "}", indent);
        }
        if (this instanceof Method method) {
            String on = method.on().broken(indent, before) + dotted(method.name());
            int used = on.length() - on.lastIndexOf('\n') - 1 + (on.contains("\n") ? 0 : before);
            String rest = flat(method.arguments());
            return on + (used + rest.length() <= WIDTH ? rest : broken(method.arguments(), indent));
        }
        if (this instanceof Attribute attribute) {
            return attribute.on().broken(indent, before) + "." + attribute.name();
        }
        return this instanceof Call call ? call.function() + broken(call.arguments(), indent) : flat;
    }

    /** An operator is written with an argument on each line, as people do. */
    default boolean isOperator() {
        if (this instanceof Method method) {
            return method.on().isOperator();
        }
        if (this instanceof Attribute attribute) {
            return attribute.on().isOperator();
        }
        return this instanceof Call call
                && (call.function().endsWith("Operator")
                        || call.function().endsWith("Sensor")
                        || call.function().endsWith(".partial"));
    }

    private static String broken(List<Argument> arguments, String indent) {
        String inner = indent + "    ";
        List<String> lines = new ArrayList<>();
        for (Argument argument : arguments) {
            String start = argument.name().isEmpty() ? "" : argument.name() + "=";
            lines.add(start + argument.value().broken(inner, inner.length() + start.length()));
        }
        return block("(", lines, ")", indent);
    }

    private static String block(String open, List<String> lines, String close, String indent) {
        if (lines.isEmpty()) {
            return open + close;
        }
        String inner = indent + "    ";
        return open + "\n" + lines.stream().map(l -> inner + l + ",\n").collect(Collectors.joining()) + indent + close;
    }

    /** Makes the code of a plain value; texts are made by the function given. */
    static Code of(@Nullable Object value, Leaf leaf) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Code> entries = new java.util.LinkedHashMap<>();
            sorted(map.keySet()).forEach(key -> entries.put(key, of(map.get(key), leaf)));
            return new Entries(entries);
        }
        if (value instanceof Collection<?> list) {
            return new Items(list.stream().map(element -> of(element, leaf)).toList());
        }
        return leaf.code(value);
    }

    /** Makes the code of what is neither map nor list. */
    @FunctionalInterface
    interface Leaf {
        Code code(@Nullable Object value);
    }

    /** Sorts keys: what commonly leads first, then by name. */
    static List<String> sorted(Collection<?> keys) {
        return keys.stream()
                .map(String::valueOf)
                .sorted(Comparator.<String>comparingInt(Code::rank).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** What a reader of a pod looks for first. */
    private static int rank(String key) {
        int rank = List.of("apiVersion", "kind", "metadata", "spec", "name", "image", "command", "args")
                .indexOf(key);
        return rank < 0 ? Integer.MAX_VALUE : rank;
    }
}
