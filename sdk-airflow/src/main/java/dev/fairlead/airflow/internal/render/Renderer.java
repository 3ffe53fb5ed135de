package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.dag.RenderedDag.Block;
import dev.fairlead.airflow.internal.dag.Graph;
import dev.fairlead.airflow.internal.dag.Graph.Node;
import dev.fairlead.airflow.internal.dag.Graph.Scope;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a DAG as Python: one block of imports, the functions, one {@code with DAG(…)}, one assignment for each task inside its groups, then the
 * edges. The same DAG always gives the same bytes, since Airflow makes a new version of a DAG whose file parses differently.
 */
public final class Renderer {
    private static final String INDENT = "    ";

    private final Dag dag;
    private final Dialect dialect;
    private final Graph graph;
    private final PythonFile file;
    private final StringBuilder out = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final Set<String> made = new HashSet<>();
    private int line = 1;

    private Renderer(Dag dag, Graph graph, Dialect dialect) {
        this.dag = dag;
        this.dialect = dialect;
        this.graph = graph;
        this.file = new PythonFile(graph, dialect, graph.order());
    }

    /** Writes a DAG for an Airflow. */
    public static RenderedDag render(Dag dag, Graph graph, Dialect dialect) {
        List<Problem> problems = Problems.of(at -> DialectRules.check(dag, graph, dialect, at));
        if (!problems.isEmpty()) {
            throw new InvalidValueException("Dag " + dag.id() + " for Airflow " + dialect.version(), problems);
        }
        return new Renderer(dag, graph, dialect).write();
    }

    private RenderedDag write() {
        Code call = DagCode.of(dag, file);
        Map<Node, Code> operators = new LinkedHashMap<>();
        graph.order().stream()
                .flatMap(id -> graph.node(id).stream())
                .forEach(node -> operators.put(node, TaskCode.of(node, file)));
        List<String> edges = new EdgeCode(graph, file).lines();
        if (!graph.groups().isEmpty()) {
            file.use("TaskGroup");
        }
        line = 1 + Header.LENGTH;
        add(file.imports().block());
        file.functions().forEach(this::addFunction);
        int callAt = out.length();
        add((file.functions().isEmpty() ? "\nwith " : "\n\nwith ") + call.broken("", "with ".length()) + ":\n");
        if (operators.isEmpty()) {
            add(INDENT + "pass\n");
        }
        operators.forEach(this::addTask);
        for (int i = 0; i < edges.size(); i++) {
            add((i == 0 ? "\n" : "") + INDENT + edges.get(i) + "\n");
        }
        String body = out.toString();
        String sha256 = Header.checksum(body);
        String marked = Header.isMarked(dialect) ? Header.marked(body, callAt, Header.mark(sha256)) : body;
        return new RenderedDag(dag, dialect, Header.write(dag.id(), dialect.version(), sha256, marked), sha256, blocks);
    }

    private void add(String text) {
        out.append(text);
        line += (int) text.chars().filter(c -> c == '\n').count();
    }

    private void addFunction(PythonFile.Function function) {
        int first = line;
        add("\n\ndef " + function.name() + "(" + String.join(", ", function.parameters()) + "):\n");
        add(PythonBody.indent(function.body(), INDENT) + "\n");
        if (!function.taskId().isEmpty()) {
            blocks.add(new Block(function.taskId(), first, line - 1));
        }
    }

    private void addTask(Node node, Code operator) {
        enter(node.scope());
        int first = line;
        String indent = INDENT.repeat(open.size() + 1);
        String start = file.variable(node.id()) + " = ";
        add(indent + start + operator.broken(indent, indent.length() + start.length()) + "\n");
        blocks.add(new Block(node.id(), first, line - 1));
    }

    /** Opens the groups around a task that are not open, and leaves those that are open and not around it. */
    private void enter(Scope scope) {
        List<Scope> around = new ArrayList<>(scope.outwards());
        Collections.reverse(around);
        List<Scope> groups = around.subList(1, around.size());
        int same = 0;
        while (same < open.size()
                && same < groups.size()
                && open.get(same).equals(groups.get(same).id())) {
            same++;
        }
        if (open.size() > same || groups.size() > same) {
            add(out.charAt(out.length() - 2) == ':' ? "" : "\n");
        }
        open.subList(same, open.size()).clear();
        for (Scope group : groups.subList(same, groups.size())) {
            add(INDENT.repeat(open.size() + 1) + "with " + opening(group) + ":\n");
            open.add(group.id());
        }
    }

    /** The first time a group is made; a later time it is gone on with. */
    private String opening(Scope scope) {
        String variable = file.variable(scope.id());
        if (!made.add(scope.id())) {
            return variable;
        }
        List<Code.Argument> arguments = new ArrayList<>();
        scope.group().ifPresent(group -> {
            arguments.add(new Code.Argument("", new Code.Str(group.id())));
            if (!group.prefixesIds()) {
                arguments.add(new Code.Argument("prefix_group_id", Jinja.plain(false)));
            }
            group.tooltip().ifPresent(t -> arguments.add(new Code.Argument("tooltip", new Code.Str(t))));
        });
        String indent = INDENT.repeat(open.size() + 1);
        return new Code.Call("TaskGroup", arguments).broken(indent, indent.length() + 5) + " as " + variable;
    }
}
