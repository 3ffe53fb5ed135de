package dev.fairlead.airflow.internal.render;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Derives variable names of task ids: readable, never the user's text itself, never taken twice. */
final class Names {
    /** Built-in names that a reader would miss if a variable hid them. */
    private static final Set<String> TAKEN = Set.of(
            "abs",
            "all",
            "any",
            "bool",
            "bytes",
            "callable",
            "chr",
            "compile",
            "dict",
            "dir",
            "eval",
            "exec",
            "exit",
            "filter",
            "float",
            "format",
            "getattr",
            "globals",
            "hash",
            "help",
            "id",
            "input",
            "int",
            "iter",
            "len",
            "list",
            "locals",
            "map",
            "max",
            "min",
            "next",
            "object",
            "open",
            "ord",
            "pow",
            "print",
            "property",
            "quit",
            "range",
            "repr",
            "reversed",
            "round",
            "set",
            "setattr",
            "slice",
            "sorted",
            "str",
            "sum",
            "super",
            "tuple",
            "type",
            "vars",
            "zip",
            "__import__",
            "dag",
            "context");

    private final Set<String> used = new HashSet<>(TAKEN);
    private final Map<String, Integer> next = new HashMap<>();

    /** Creates names that hide nothing that a file can import. */
    Names() {
        used.addAll(Imports.names());
    }

    /** Returns a new name for a task. */
    String of(String taskId) {
        String base = taskId.replaceAll("[^A-Za-z0-9_]", "_");
        if (base.isEmpty() || Character.isDigit(base.charAt(0))) {
            base = "task_" + base;
        }
        if (base.startsWith("__")) {
            base = "task" + base; // two underscores would be mangled or special
        }
        String name = base;
        while (Python.KEYWORDS.contains(name) || !used.add(name)) {
            name = base + "_" + next.merge(base, 1, (a, b) -> a + 1).intValue();
        }
        return name;
    }
}
