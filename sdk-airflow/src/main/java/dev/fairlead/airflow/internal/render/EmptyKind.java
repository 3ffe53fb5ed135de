package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.EmptyTask;

/** Writes tasks that do nothing. */
final class EmptyKind implements TaskKind<EmptyTask> {
    @Override
    public String operator(EmptyTask task) {
        return "EmptyOperator";
    }

    @Override
    public void write(EmptyTask task, Arguments out) {
        // has nothing of its own
    }
}
