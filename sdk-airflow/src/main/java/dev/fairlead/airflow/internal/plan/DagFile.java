package dev.fairlead.airflow.internal.plan;

import dev.fairlead.airflow.internal.plan.Tokens.Statement;
import dev.fairlead.airflow.internal.plan.Tokens.UnreadableException;
import dev.fairlead.airflow.internal.render.Header;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a DAG's file says: read back from the Python, so that it can be compared with another. */
final class DagFile {
    /** The arguments of the DAG. */
    final Map<String, Node> dag = new LinkedHashMap<>();
    /** Tasks and groups by their id, groups as {@code group x}. */
    final Map<String, Node.Call> parts = new LinkedHashMap<>();
    /** Edges as {@code a >> b}. */
    final Set<String> edges = new LinkedHashSet<>();
    /** Functions by their name. */
    final Map<String, String> functions = new LinkedHashMap<>();
    /** All other statements, imports left out. */
    final Set<String> others = new LinkedHashSet<>();

    private final Map<String, String> ids = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();

    /** A block of {@code with}, and what it puts before the ids of what is in it. */
    private record Open(int indent, String prefix) {}

    private DagFile() {}

    /** Returns a file with nothing in it. */
    static DagFile empty() {
        return new DagFile();
    }

    /** Reads a file, or throws {@link UnreadableException}. */
    static DagFile read(String source) {
        DagFile file = new DagFile();
        List<Statement> statements = Tokens.statements(source);
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            String first = statement.tokens().get(0);
            if (first.equals("def") || first.equals("@")) {
                i = file.function(source, statements, i);
            } else if (!first.equals("from") && !first.equals("import")) {
                file.statement(statement);
            }
        }
        return file;
    }

    /** Takes a function with its decorators and its body, and returns its last statement. */
    private int function(String source, List<Statement> statements, int from) {
        int def = from;
        while (statements.get(def).tokens().get(0).equals("@")) {
            def++;
        }
        int last = def;
        int indent = statements.get(def).indent();
        while (last + 1 < statements.size() && statements.get(last + 1).indent() > indent) {
            last++;
        }
        functions.put(
                statements.get(def).tokens().get(1),
                source.substring(
                        statements.get(from).start(), statements.get(last).end()));
        return last;
    }

    private void statement(Statement statement) {
        while (!open.isEmpty() && statement.indent() <= open.peek().indent()) {
            open.pop();
        }
        List<String> tokens = statement.tokens();
        if (tokens.get(0).equals("with")) {
            with(statement);
        } else if (tokens.size() > 2 && tokens.get(1).equals("=")) {
            assignment(tokens.get(0), Node.of(tokens.subList(2, tokens.size())));
        } else if (tokens.contains(">>")) {
            edge(tokens);
        } else if (!tokens.equals(List.of("pass"))) {
            others.add(Node.joined(tokens));
        }
    }

    private void with(Statement statement) {
        List<String> tokens = statement.tokens();
        int as = tokens.lastIndexOf("as");
        boolean named = as == tokens.size() - 3;
        Node context = Node.of(tokens.subList(1, named ? as : tokens.size() - 1));
        if (!(context instanceof Node.Call call)) {
            throw new UnreadableException("with something else than a call");
        }
        if (call.function().endsWith("DAG")) {
            dag.putAll(call.arguments());
            withoutMark();
            open.push(new Open(statement.indent(), ""));
            return;
        }
        String id = id(call, named ? tokens.get(as + 1) : call.function());
        parts.put("group " + id, call);
        if (named) {
            ids.put(tokens.get(as + 1), id);
        }
        open.push(new Open(statement.indent(), id + "."));
    }

    /** The mark follows from all the rest. */
    private void withoutMark() {
        if (dag.get("default_args") instanceof Node.Entries defaults) {
            Map<String, Node> rest = new LinkedHashMap<>(defaults.entries());
            rest.remove('"' + Header.MARK + '"');
            if (rest.isEmpty()) {
                dag.remove("default_args");
            } else {
                dag.put("default_args", new Node.Entries(rest));
            }
        }
    }

    private void assignment(String variable, Node value) {
        if (value instanceof Node.Call call) {
            String id = id(call, variable);
            ids.put(variable, id);
            parts.put(id, call);
        } else {
            others.add(variable + " = " + value.code());
        }
    }

    private String id(Node.Call call, String otherwise) {
        String prefix = open.isEmpty() ? "" : open.peek().prefix();
        for (String argument : List.of("task_id", "group_id")) {
            if (call.arguments().get(argument) instanceof Node.Str text) {
                return prefix + text.written();
            }
        }
        return prefix + otherwise;
    }

    private void edge(List<String> tokens) {
        List<List<String>> sides = new ArrayList<>(List.of(new ArrayList<>()));
        int depth = 0;
        for (String token : tokens) {
            depth += "([{".contains(token) ? 1 : ")]}".contains(token) ? -1 : 0;
            if (depth == 0 && token.equals(">>")) {
                sides.add(new ArrayList<>());
            } else {
                sides.get(sides.size() - 1).add(token);
            }
        }
        List<String> before = List.of();
        String label = "";
        for (List<String> side : sides) {
            Node node = Node.of(side);
            if (node instanceof Node.Call call && call.function().equals("Label")) {
                label = " (" + node.code() + ")";
                continue;
            }
            List<String> after = ends(node);
            for (String up : before) {
                for (String down : after) {
                    edges.add(up + " >> " + down + label);
                }
            }
            before = after;
            label = "";
        }
    }

    private List<String> ends(Node node) {
        List<Node> nodes = node instanceof Node.Items list ? list.items() : List.of(node);
        return nodes.stream().map(n -> ids.getOrDefault(n.code(), n.code())).toList();
    }
}
