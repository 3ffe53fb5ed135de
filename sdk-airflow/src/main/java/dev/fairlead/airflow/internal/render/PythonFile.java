package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Operator;
import dev.fairlead.airflow.dag.OperatorTask;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.TrustedPython;
import dev.fairlead.airflow.internal.dag.Graph;
import dev.fairlead.airflow.internal.dag.Graph.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The file that is being written: what it imports, its functions and the names in it. */
final class PythonFile {
    /**
     * A function.
     *
     * @param taskId the task it belongs to; empty for the DAG
     * @param name its name in the file
     * @param parameters its parameters, as they stand in the file
     * @param body its statements, not indented
     */
    record Function(String taskId, String name, List<String> parameters, String body) {}

    private final Dialect dialect;
    private final Graph graph;
    private final Imports imports;
    private final Names names = new Names();
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> operators = new HashMap<>();
    private final List<Function> functions = new ArrayList<>();
    private final Set<List<String>> given = new HashSet<>();

    PythonFile(Graph graph, Dialect dialect, List<String> order) {
        this.graph = graph;
        this.dialect = dialect;
        this.imports = new Imports(dialect);
        // they get their names first, so that no task can take one
        graph.nodes().stream()
                .flatMap(n -> n.task() instanceof OperatorTask task ? Stream.of(task.operator()) : Stream.of())
                .sorted(Comparator.comparing(Operator::module).thenComparing(Operator::className))
                .forEach(o -> operators.computeIfAbsent(name(o), key -> names.of(o.className())));
        order.forEach(id -> variables.put(id, names.of(id)));
        graph.groups().forEach(g -> variables.put(g.id(), names.of(g.id())));
    }

    Dialect dialect() {
        return dialect;
    }

    Imports imports() {
        return imports;
    }

    /** Imports a name and returns it. */
    String use(String name) {
        return imports.use(name);
    }

    /** Imports the class of an operator and returns its name in the file. */
    String use(Operator operator) {
        String name = Objects.requireNonNull(operators.get(name(operator)));
        imports.useForeign(operator, name);
        return name;
    }

    private static String name(Operator operator) {
        return operator.module() + "." + operator.className();
    }

    /** Returns the name of a task or group in the file. */
    String variable(String id) {
        return variables.getOrDefault(id, "");
    }

    List<Function> functions() {
        return functions;
    }

    /** Adds a function of trusted code and returns its name. */
    String function(Node node, String wish, Collection<String> parameters, TrustedPython code) {
        return function(node.id(), wish, parameters, code.body());
    }

    /** Adds a function and returns its name. */
    String function(String taskId, String wish, Collection<String> parameters, String body) {
        String name = names.of(wish);
        functions.add(new Function(taskId, name, List.copyOf(parameters), body));
        return name;
    }

    /** Writes what another task returned as Airflow's reference, which makes the edge too. */
    Code reference(Node user, TaskOutput<?> output) {
        String producer = resolve(user, output.taskId());
        given.add(List.of(producer, user.id()));
        String code = variable(producer) + ".output";
        return new Code.Raw(
                output.key().equals(TaskOutput.RETURN_VALUE) ? code : code + "[" + Python.text(output.key()) + "]");
    }

    /** Returns the id with those of the groups that a name means at a task. */
    String resolve(Node user, String name) {
        return graph.resolve(name, user.scope()).orElse(name);
    }

    /** Says that the edge between two tasks is made by what was written already. */
    void give(String upstream, String downstream) {
        given.add(List.of(upstream, downstream));
    }

    boolean isGiven(String upstream, String downstream) {
        return given.contains(List.of(upstream, downstream));
    }
}
