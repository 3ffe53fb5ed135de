package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.ShortCircuitTask;

/** Writes conditions. */
final class ShortCircuitKind implements TaskKind<ShortCircuitTask> {
    /** A template becomes a text, and Python finds every text true but the empty one. */
    private static final String BODY = """
            if isinstance(condition, str):
                return condition.strip().lower() not in ("", "0", "false", "no", "none")
            return bool(condition)
            """;

    @Override
    public String operator(ShortCircuitTask task) {
        return "ShortCircuitOperator";
    }

    @Override
    public void write(ShortCircuitTask task, Arguments out) {
        task.code().ifPresent(code -> Functions.write(out, "check_", code, task.arguments()));
        task.condition().ifPresent(condition -> Functions.write(out, "check_", "condition", condition, BODY));
        if (task.keepsTriggerRules()) {
            out.plain("ignore_downstream_trigger_rules", false);
        }
    }
}
