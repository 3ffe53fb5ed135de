package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Param;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes the call that makes the DAG. */
final class DagCode {
    /** Words of JSON Schema that can be given by name; some, such as {@code if}, are keywords of Python. */
    private static final Pattern WORD = Pattern.compile("(?!(if|else|not)$)[a-zA-Z]+");

    private final Dag dag;
    private final PythonFile file;
    private final Imports imports;
    private final List<Code.Argument> arguments = new ArrayList<>();

    private DagCode(Dag dag, PythonFile file) {
        this.dag = dag;
        this.file = file;
        this.imports = file.imports();
    }

    /** Writes the call of a DAG. */
    static Code of(Dag dag, PythonFile file) {
        return new DagCode(dag, file).write();
    }

    private Code write() {
        put("dag_id", new Code.Str(dag.id()));
        dag.description().ifPresent(d -> put("description", new Code.Str(d)));
        put("schedule", new ScheduleCode(file).of(dag.schedule()));
        dag.startDate().ifPresent(s -> put("start_date", Times.instant(s, imports)));
        dag.endDate().ifPresent(e -> put("end_date", Times.instant(e, imports)));
        put("catchup", Jinja.plain(dag.catchup()));
        dag.maxActiveRuns().ifPresent(n -> put("max_active_runs", Jinja.plain(n)));
        dag.maxActiveTasks().ifPresent(n -> put("max_active_tasks", Jinja.plain(n)));
        dag.runTimeout().ifPresent(t -> put("dagrun_timeout", Times.duration(t, imports)));
        put("is_paused_upon_creation", Jinja.plain(dag.startsPaused()));
        if (dag.failFast()) {
            put(file.dialect().atLeast(Dialect.V3_0) ? "fail_fast" : "fail_stop", Jinja.plain(true));
        }
        CallbackCode callbacks = new CallbackCode(file, "");
        callbacks.put("on_failure_callback", "on_failure", dag.onFailure(), this::put);
        callbacks.put("on_success_callback", "on_success", dag.onSuccess(), this::put);
        if (!dag.deadlines().isEmpty()) {
            List<Code> alerts =
                    dag.deadlines().stream().map(callbacks::deadline).toList();
            // Airflow 3.1 takes one alone
            put("deadline", alerts.size() == 1 ? alerts.get(0) : new Code.Items(alerts));
        }
        Map<String, Code> defaults = new LinkedHashMap<>();
        dag.owner().ifPresent(o -> defaults.put("owner", new Code.Str(o)));
        dag.retries().ifPresent(n -> defaults.put("retries", Jinja.plain(n)));
        dag.retryDelay().ifPresent(d -> defaults.put("retry_delay", Times.duration(d, imports)));
        if (Header.isMarked(file.dialect())) {
            defaults.put(Header.MARK, new Code.Str(Header.NO_MARK));
        }
        if (!defaults.isEmpty()) {
            put("default_args", new Code.Entries(defaults));
        }
        if (!dag.params().isEmpty()) {
            put("params", params());
        }
        if (!dag.tags().isEmpty()) {
            put("tags", Jinja.plain(dag.tags()));
        }
        dag.doc().ifPresent(d -> put("doc_md", markdown(d)));
        return new Code.Call(imports.use("DAG"), arguments);
    }

    private Code params() {
        Map<String, Code> params = new LinkedHashMap<>();
        new TreeMap<>(dag.params())
                .forEach((name, value) ->
                        params.put(name, value instanceof Param param ? param(param) : Jinja.plain(value)));
        return new Code.Entries(params);
    }

    private Code param(Param param) {
        List<Code.Argument> parts = new ArrayList<>();
        if (!param.required()) {
            parts.add(new Code.Argument("", Jinja.plain(param.defaultValue().orElse(null))));
        }
        if (!param.description().isEmpty()) {
            parts.add(new Code.Argument("description", new Code.Str(param.description())));
        }
        boolean words =
                param.schema().keySet().stream().allMatch(w -> WORD.matcher(w).matches());
        if (words) {
            new TreeMap<>(param.schema())
                    .forEach((word, value) -> parts.add(new Code.Argument(word, Jinja.plain(value))));
        } else {
            parts.add(new Code.Argument("schema", Jinja.plain(param.schema())));
        }
        return new Code.Call(imports.use("Param"), parts);
    }

    private void put(String name, Code value) {
        arguments.add(new Code.Argument(name, value));
    }

    /** Airflow reads a text that ends like this as the name of a file. */
    static Code markdown(String text) {
        return new Code.Str(text.endsWith(".md") ? text + "\n" : text);
    }
}
