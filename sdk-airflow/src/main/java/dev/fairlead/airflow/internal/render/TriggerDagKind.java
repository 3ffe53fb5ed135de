package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.dag.TriggerDagTask;
import java.util.List;
import java.util.Map;

/** Writes the start of a run of a DAG. */
final class TriggerDagKind implements TaskKind<TriggerDagTask> {
    @Override
    public String operator(TriggerDagTask task) {
        return "TriggerDagRunOperator";
    }

    @Override
    public Map<String, String> mappable() {
        return Map.of("dagId", "trigger_dag_id", "runId", "trigger_run_id", "conf", "conf");
    }

    @Override
    public void write(TriggerDagTask task, Arguments out) {
        task.dagId().ifPresent(d -> out.put("trigger_dag_id", out.jinja().code(d)));
        task.runId().ifPresent(r -> out.put("trigger_run_id", out.jinja().code(r)));
        if (!task.conf().isEmpty()) {
            out.put("conf", out.jinja().nativeValue(task.conf()));
        }
        task.logicalDate().ifPresent(d -> out.put("logical_date", out.jinja().code(d)));
        out.flag("reset_dag_run", task.resets());
        out.flag("skip_when_already_exists", task.skipsExisting());
        out.flag("wait_for_completion", task.waits());
        out.seconds("poke_interval", task.pollInterval());
        states("allowed_states", task.allowedStates(), out);
        states("failed_states", task.failedStates(), out);
        out.flag("deferrable", task.deferrable());
    }

    private static void states(String name, List<DagRunState> states, Arguments out) {
        if (!states.isEmpty()) {
            out.plain(name, states.stream().map(DagRunState::value).toList());
        }
    }
}
