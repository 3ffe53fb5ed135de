package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.RetryRule;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.TaskRole;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.airflow.internal.dag.Graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the operator of one task. */
final class TaskCode {
    private final PythonFile file;
    private final Node node;
    private final Task task;
    private final TaskKind<Task> kind;
    private final Arguments out;

    private TaskCode(PythonFile file, Node node) {
        this.file = file;
        this.node = node;
        this.task = node.task();
        this.kind = TaskKinds.of(task);
        this.out = new Arguments(file, node, kind.fileEndings(task));
    }

    /** Writes a task into a file. */
    static Code of(Node node, PythonFile file) {
        return new TaskCode(file, node).write();
    }

    private Code write() {
        out.plain("task_id", task.id());
        Optional<Mapping> mapping = task.mapping();
        Code code;
        if (mapping.isEmpty()) {
            kind.write(task, out);
            common();
            code = new Code.Call(kind.use(task, file), out.list());
        } else if (task instanceof PythonTask python) {
            PythonKind.environment(python, out);
            common();
            Code decorated = PythonKind.decorated(python, out);
            // the decorator gives what the task returns; the rest of the file speaks of the task
            code = new Code.Attribute(mapped(decorated, mapping.get()), "operator");
        } else {
            kind.write(task, out);
            common();
            code = mapped(new Code.Call(kind.use(task, file) + ".partial", out.list()), mapping.get());
        }
        return withRole(code);
    }

    private Code mapped(Code on, Mapping mapping) {
        return new MappingCode(out, kind.mappable()).write(on, mapping);
    }

    private void common() {
        out.plain("retries", box(task.retries()));
        out.duration("retry_delay", task.retryDelay());
        task.retryBackoff()
                .ifPresent(factor ->
                        // Airflow before 3.2 knows on and off
                        out.plain(
                                "retry_exponential_backoff",
                                file.dialect().atLeast(Dialect.V3_2) ? factor : (Object) true));
        out.duration("max_retry_delay", task.maxRetryDelay());
        out.duration("execution_timeout", task.executionTimeout());
        if (task.triggerRule() != TriggerRule.ALL_SUCCESS) {
            out.plain("trigger_rule", task.triggerRule().word());
        }
        out.plain("pool", task.pool());
        out.plain("pool_slots", box(task.poolSlots()));
        out.plain("priority_weight", box(task.priorityWeight()));
        out.plain("queue", task.queue());
        out.plain("executor", task.executor());
        out.plain("max_active_tis_per_dag", box(task.maxActive()));
        out.plain("max_active_tis_per_dagrun", box(task.maxActivePerRun()));
        out.flag("depends_on_past", task.dependsOnPast());
        ScheduleCode assets = new ScheduleCode(file);
        if (!task.inlets().isEmpty()) {
            out.put("inlets", assets.outlets(task.inlets()));
        }
        if (!task.outlets().isEmpty()) {
            out.put("outlets", assets.outlets(task.outlets()));
        }
        if (!task.retryRules().isEmpty()) {
            out.put("retry_policy", retryPolicy());
        }
        CallbackCode callbacks = new CallbackCode(file, node.id());
        callbacks.put("on_execute_callback", "on_execute", task.onExecute(), out::put);
        callbacks.put("on_failure_callback", "on_failure", task.onFailure(), out::put);
        callbacks.put("on_retry_callback", "on_retry", task.onRetry(), out::put);
        callbacks.put("on_success_callback", "on_success", task.onSuccess(), out::put);
        task.doc().ifPresent(d -> out.put("doc_md", DagCode.markdown(d)));
    }

    private Code retryPolicy() {
        List<Code> rules = new ArrayList<>();
        for (RetryRule rule : task.retryRules()) {
            List<Code.Argument> parts = new ArrayList<>();
            parts.add(new Code.Argument("exception", Jinja.plain(rule.exceptions())));
            String action = file.use("RetryAction") + (rule.retries() ? ".RETRY" : ".FAIL");
            parts.add(new Code.Argument("action", new Code.Raw(action)));
            rule.delay().ifPresent(d -> parts.add(new Code.Argument("retry_delay", Times.duration(d, file.imports()))));
            if (!rule.reason().isEmpty()) {
                parts.add(new Code.Argument("reason", new Code.Str(rule.reason())));
            }
            rules.add(new Code.Call(file.use("RetryRule"), parts));
        }
        return new Code.Call(
                file.use("ExceptionRetryPolicy"), List.of(new Code.Argument("rules", new Code.Items(rules))));
    }

    private static Optional<Integer> box(java.util.OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }

    private Code withRole(Code code) {
        if (task.role() == TaskRole.SETUP) {
            return new Code.Method(code, "as_setup", List.of());
        }
        if (task.role() != TaskRole.TEARDOWN) {
            return code;
        }
        List<Code> setups = new ArrayList<>();
        for (String setup : task.tearsDown()) {
            String id = file.resolve(node, setup);
            file.give(id, node.id());
            setups.add(new Code.Raw(file.variable(id)));
        }
        return new Code.Method(
                code,
                "as_teardown",
                setups.isEmpty() ? List.of() : List.of(new Code.Argument("setups", new Code.Items(setups))));
    }
}
