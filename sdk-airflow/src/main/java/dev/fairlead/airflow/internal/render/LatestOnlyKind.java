package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.LatestOnlyTask;

/** Writes tasks after which only the newest run goes on. */
final class LatestOnlyKind implements TaskKind<LatestOnlyTask> {
    @Override
    public String operator(LatestOnlyTask task) {
        return "LatestOnlyOperator";
    }

    @Override
    public void write(LatestOnlyTask task, Arguments out) {
        // has nothing of its own
    }
}
