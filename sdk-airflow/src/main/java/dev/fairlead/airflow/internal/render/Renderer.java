package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.dag.RenderedDag.Block;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.internal.dag.Graph;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.spi.Problems;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a DAG as Python: one block of imports, one {@code with DAG(…)}, one assignment for each task, then the edges. The same DAG always gives
 * the same bytes, since Airflow makes a new version of a DAG whose file parses differently.
 */
public final class Renderer {
    private static final String INDENT = "    ";

    private final Dag dag;
    private final Dialect dialect;
    private final Imports imports;
    private final Names names = new Names();
    private final Graph graph;
    private final Map<String, Task> tasks = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> functions = new HashMap<>();
    private final StringBuilder out = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private int line = 1;

    private Renderer(Dag dag, Dialect dialect) {
        this.dag = dag;
        this.dialect = dialect;
        this.imports = new Imports(dialect);
        this.graph = Graph.of(dag);
    }

    /** Writes a DAG for an Airflow. */
    public static RenderedDag render(Dag dag, Dialect dialect) {
        List<Problem> problems = Problems.of(at -> DialectRules.check(dag, dialect, at));
        if (!problems.isEmpty()) {
            throw new InvalidValueException("Dag " + dag.id() + " for Airflow " + dialect.version(), problems);
        }
        return new Renderer(dag, dialect).write();
    }

    private RenderedDag write() {
        dag.tasks().forEach(t -> tasks.put(t.id(), t));
        List<String> order = graph.order();
        order.forEach(id -> variables.put(id, names.of(id)));
        order.stream()
                .filter(id -> tasks.get(id) instanceof PythonTask)
                .forEach(id -> functions.put(id, names.of("run_" + id)));
        Code call = dagCall();
        Map<String, Code> operators = new LinkedHashMap<>();
        for (String id : order) {
            operators.put(id, TaskCode.of(task(id), functions.getOrDefault(id, ""), imports));
        }
        line = 1 + Header.LENGTH;
        add(imports.block());
        order.forEach(this::addFunction);
        add((functions.isEmpty() ? "\nwith " : "\n\nwith ") + call.broken("", "with ".length()) + ":\n");
        if (operators.isEmpty()) {
            add(INDENT + "pass\n");
        }
        operators.forEach(this::addTask);
        addEdges(order);
        String body = out.toString();
        String header = Header.write(dag.id(), dialect.version(), body);
        return new RenderedDag(dag, dialect, header + body, Header.checksum(body), blocks);
    }

    private Task task(String id) {
        Task task = tasks.get(id);
        if (task == null) {
            throw new IllegalStateException("the graph has a task that the DAG has not: " + id);
        }
        return task;
    }

    private void add(String text) {
        out.append(text);
        line += (int) text.chars().filter(c -> c == '\n').count();
    }

    private void addFunction(String id) {
        if (!(tasks.get(id) instanceof PythonTask python)) {
            return;
        }
        int first = line;
        List<String> parameters = new ArrayList<>(new TreeMap<>(python.arguments()).keySet());
        parameters.add("**context");
        add("\n\ndef " + functions.get(id) + "(" + String.join(", ", parameters) + "):\n");
        add(PythonBody.indent(python.code().body(), INDENT) + "\n");
        blocks.add(new Block(id, first, line - 1));
    }

    private void addTask(String id, Code operator) {
        int first = line;
        String start = variables.get(id) + " = ";
        add(INDENT + start + operator.broken(INDENT, INDENT.length() + start.length()) + "\n");
        blocks.add(new Block(id, first, line - 1));
    }

    private void addEdges(List<String> order) {
        boolean first = true;
        for (String id : order) {
            Set<String> after = graph.downstream(id);
            if (!after.isEmpty()) {
                List<Code> targets = after.stream()
                        .<Code>map(a -> new Code.Raw(variables.getOrDefault(a, "")))
                        .toList();
                Code target = targets.size() == 1 ? targets.get(0) : new Code.Items(targets);
                String start = variables.get(id) + " >> ";
                add((first ? "\n" : "") + INDENT + start + target.broken(INDENT, INDENT.length() + start.length())
                        + "\n");
                first = false;
            }
        }
    }

    private Code dagCall() {
        List<Code.Argument> arguments = new ArrayList<>();
        put(arguments, "dag_id", new Code.Str(dag.id()));
        dag.description().ifPresent(d -> put(arguments, "description", new Code.Str(d)));
        put(arguments, "schedule", schedule());
        dag.startDate().ifPresent(s -> put(arguments, "start_date", instant(s)));
        put(arguments, "catchup", Jinja.plain(dag.catchup()));
        dag.maxActiveRuns().ifPresent(n -> put(arguments, "max_active_runs", Jinja.plain(n)));
        dag.runTimeout().ifPresent(t -> put(arguments, "dagrun_timeout", TaskCode.duration(t, imports)));
        put(arguments, "is_paused_upon_creation", Jinja.plain(dag.startsPaused()));
        Map<String, Code> defaults = new LinkedHashMap<>();
        dag.retries().ifPresent(n -> defaults.put("retries", Jinja.plain(n)));
        dag.retryDelay().ifPresent(d -> defaults.put("retry_delay", TaskCode.duration(d, imports)));
        if (!defaults.isEmpty()) {
            put(arguments, "default_args", new Code.Entries(defaults));
        }
        if (!dag.params().isEmpty()) {
            put(arguments, "params", Jinja.plain(dag.params()));
        }
        if (!dag.tags().isEmpty()) {
            put(arguments, "tags", Jinja.plain(dag.tags()));
        }
        dag.doc().ifPresent(d -> put(arguments, "doc_md", markdown(d)));
        return new Code.Call(imports.use("DAG"), arguments);
    }

    private static void put(List<Code.Argument> arguments, String name, Code value) {
        arguments.add(new Code.Argument(name, value));
    }

    /** Airflow reads a text that ends like this as the name of a file. */
    static Code markdown(String text) {
        return new Code.Str(text.endsWith(".md") ? text + "\n" : text);
    }

    private Code schedule() {
        Schedule schedule = dag.schedule();
        if (schedule instanceof Schedule.Cron cron) {
            return new Code.Call(
                    imports.use("CronTriggerTimetable"),
                    List.of(
                            new Code.Argument("", new Code.Str(cron.expression().strip())),
                            new Code.Argument("timezone", new Code.Str(zone(cron.zone())))));
        }
        if (schedule instanceof Schedule.Every every) {
            Code interval = TaskCode.duration(every.interval(), imports);
            return new Code.Call(imports.use("DeltaTriggerTimetable"), List.of(new Code.Argument("", interval)));
        }
        if (schedule instanceof Schedule.Once) {
            return new Code.Str("@once");
        }
        return schedule instanceof Schedule.Continuous ? new Code.Str("@continuous") : Jinja.plain(null);
    }

    private static String zone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    private Code instant(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        List<Code.Argument> parts = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>(List.of(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                time.getNano() / 1000));
        while (numbers.size() > 3 && numbers.get(numbers.size() - 1) == 0) {
            numbers.remove(numbers.size() - 1);
        }
        numbers.forEach(n -> parts.add(new Code.Argument("", new Code.Raw(String.valueOf(n)))));
        parts.add(new Code.Argument("tzinfo", new Code.Raw(imports.use("timezone") + ".utc")));
        return new Code.Call(imports.use("datetime"), parts);
    }
}
