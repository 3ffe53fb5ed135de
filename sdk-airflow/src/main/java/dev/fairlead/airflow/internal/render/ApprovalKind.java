package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.ApprovalTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes questions to people. */
final class ApprovalKind implements TaskKind<ApprovalTask> {
    @Override
    public String operator(ApprovalTask task) {
        if (!task.routes().isEmpty()) {
            return "HITLBranchOperator";
        }
        if (!task.options().isEmpty()) {
            return "HITLOperator";
        }
        return task.form().isEmpty() ? "ApprovalOperator" : "HITLEntryOperator";
    }

    @Override
    public void write(ApprovalTask task, Arguments out) {
        out.put("subject", out.jinja().code(task.subject()));
        task.body().ifPresent(b -> out.put("body", out.jinja().code(b)));
        list("options", task.options(), out);
        list("defaults", task.defaults(), out);
        out.flag("multiple", task.multiple());
        if (!task.form().isEmpty()) {
            out.plain("params", task.form());
        }
        if (!task.routes().isEmpty()) {
            Map<String, String> routes = new TreeMap<>();
            task.routes().forEach((option, id) -> routes.put(option, out.file().resolve(out.node(), id)));
            out.plain("options_mapping", routes);
        }
        out.duration("response_timeout", task.responseTimeout());
        List<Map<String, String>> users = new ArrayList<>();
        new TreeMap<>(task.assignedUsers()).forEach((id, name) -> users.add(Map.of("id", id, "name", name)));
        list("assigned_users", users, out);
        out.flag("fail_on_reject", task.failsOnReject());
        out.flag("ignore_downstream_trigger_rules", task.ignoresTriggerRules());
    }

    private static void list(String name, List<?> values, Arguments out) {
        if (!values.isEmpty()) {
            out.plain(name, values);
        }
    }
}
