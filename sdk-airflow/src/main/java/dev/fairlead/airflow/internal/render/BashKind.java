package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.BashTask;
import java.util.List;
import java.util.Map;

/** Writes Bash commands. */
final class BashKind implements TaskKind<BashTask> {
    @Override
    public String operator(BashTask task) {
        return "BashOperator";
    }

    @Override
    public List<String> fileEndings(BashTask task) {
        return List.of(".sh", ".bash");
    }

    @Override
    public Map<String, String> mappable() {
        return Map.of("command", "bash_command", "env", "env");
    }

    @Override
    public void write(BashTask task, Arguments out) {
        task.command().ifPresent(c -> out.put("bash_command", out.jinja().code(c)));
        out.texts("env", task.env());
        out.flag("append_env", !task.env().isEmpty() || task.mapping().isPresent());
        task.workingDirectory().ifPresent(d -> out.put("cwd", out.jinja().text(d)));
    }
}
