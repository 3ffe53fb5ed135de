package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.spi.Problems;

/** What one Airflow takes and another does not. */
final class DialectRules {
    private DialectRules() {}

    static void check(Dag dag, Dialect dialect, Problems at) {
        Schedule schedule = dag.schedule();
        at.require(
                dag.startDate().isPresent() || dialect.atLeast(firstWithoutStart(schedule)),
                "startDate",
                "must be set, for Airflow " + dialect.version() + " never starts such a schedule without it",
                schedule);
        for (Task task : dag.tasks()) {
            at.require(
                    task.triggerRule() != TriggerRule.ALL_DONE_MIN_ONE_SUCCESS || dialect.atLeast(Dialect.V3_1),
                    "tasks[" + task.id() + "].triggerRule",
                    "needs Airflow 3.1 or newer",
                    task.triggerRule());
        }
    }

    /** Returns the first Airflow that runs such a schedule without a start date. */
    private static Dialect firstWithoutStart(Schedule schedule) {
        if (schedule instanceof Schedule.Manual) {
            return Dialect.V2_11;
        }
        if (schedule instanceof Schedule.Once) {
            return Dialect.V3_1;
        }
        return schedule instanceof Schedule.Continuous ? Dialect.V3_2 : Dialect.V3_0;
    }
}
