package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Expression;
import dev.fairlead.airflow.internal.dag.Graph.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The arguments of an operator as they are collected, and what is needed to write them. */
final class Arguments {
    private final PythonFile file;
    private final Node node;
    private final Jinja jinja;
    private final List<Code.Argument> arguments = new ArrayList<>();

    Arguments(PythonFile file, Node node, List<String> fileEndings) {
        this.file = file;
        this.node = node;
        this.jinja = new Jinja(file, node, fileEndings);
    }

    PythonFile file() {
        return file;
    }

    Node node() {
        return node;
    }

    List<Code.Argument> list() {
        return arguments;
    }

    /** Returns the writer of fields that Airflow evaluates. */
    Jinja jinja() {
        return jinja;
    }

    void put(String name, Code value) {
        arguments.add(new Code.Argument(name, value));
    }

    /** Adds a value that Airflow does not evaluate. */
    void plain(String name, @Nullable Object value) {
        put(name, Jinja.plain(value));
    }

    /** Adds a value that Airflow does not evaluate, if it is there. */
    void plain(String name, Optional<?> value) {
        value.ifPresent(v -> plain(name, v));
    }

    /** Adds a switch where it is on. */
    void flag(String name, boolean on) {
        if (on) {
            plain(name, true);
        }
    }

    /** Adds a span of time, if it is there. */
    void duration(String name, Optional<Duration> value) {
        value.ifPresent(d -> put(name, Times.duration(d, file.imports())));
    }

    /** Adds a span of time in seconds, if it is there. */
    void seconds(String name, Optional<Duration> value) {
        value.ifPresent(d -> plain(name, Times.wholeSeconds(d)));
    }

    /** Adds texts by their names, unless there are none. */
    void texts(String name, Map<String, Expression> texts) {
        if (!texts.isEmpty()) {
            Map<String, Code> entries = new LinkedHashMap<>();
            new TreeMap<>(texts).forEach((key, value) -> entries.put(key, jinja.code(value)));
            put(name, new Code.Entries(entries));
        }
    }
}
