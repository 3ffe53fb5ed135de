package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.PapermillTask;
import java.util.Map;

/** Writes notebooks. */
final class PapermillKind implements TaskKind<PapermillTask> {
    @Override
    public String operator(PapermillTask task) {
        return "PapermillOperator";
    }

    @Override
    public Map<String, String> mappable() {
        return Map.of("notebook", "input_nb", "result", "output_nb", "parameters", "parameters");
    }

    @Override
    public void write(PapermillTask task, Arguments out) {
        task.notebook().ifPresent(n -> out.put("input_nb", out.jinja().code(n)));
        task.result().ifPresent(o -> out.put("output_nb", out.jinja().code(o)));
        if (!task.parameters().isEmpty()) {
            out.put("parameters", out.jinja().nativeValue(task.parameters()));
        }
        task.kernel().ifPresent(k -> out.put("kernel_name", out.jinja().text(k)));
        task.language().ifPresent(l -> out.put("language_name", out.jinja().text(l)));
        task.kernelConnection()
                .ifPresent(c -> out.put("kernel_conn_id", out.jinja().text(c)));
        out.flag("log_output", task.logsOutput());
    }
}
