package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.ApprovalTask;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.airflow.internal.dag.Graph;
import dev.fairlead.airflow.internal.dag.Graph.Node;
import dev.fairlead.spi.Problems;

/** What one Airflow takes and another does not. */
final class DialectRules {
    private DialectRules() {}

    static void check(Dag dag, Graph graph, Dialect dialect, Problems at) {
        Schedule schedule = dag.schedule();
        at.require(
                dag.startDate().isPresent() || dialect.atLeast(firstWithoutStart(schedule)),
                "startDate",
                "must be set, for Airflow " + dialect.version() + " never starts such a schedule without it",
                schedule);
        boolean partitions = schedule instanceof Schedule.CronPartitions || schedule instanceof Schedule.Partitions;
        at.require(!partitions || dialect.atLeast(Dialect.V3_2), "schedule", "needs Airflow 3.2 or newer", schedule);
        at.require(
                dag.deadlines().isEmpty() || dialect.atLeast(Dialect.V3_1),
                "deadlines",
                "need Airflow 3.1 or newer; say runTimeout(…), which ends the run",
                dag.deadlines().size());
        at.require(
                dag.deadlines().size() < 2 || dialect.atLeast(Dialect.V3_2),
                "deadlines",
                "must be one: more need Airflow 3.2 or newer",
                dag.deadlines().size());
        for (Node node : graph.nodes()) {
            check(node.task(), dialect, at.at(node.place()));
        }
    }

    private static void check(Task task, Dialect dialect, Problems at) {
        at.require(
                task.triggerRule() != TriggerRule.ALL_DONE_MIN_ONE_SUCCESS || dialect.atLeast(Dialect.V3_1),
                "triggerRule",
                "needs Airflow 3.1 or newer",
                task.triggerRule());
        at.require(
                !(task instanceof ApprovalTask) || dialect.atLeast(Dialect.V3_1),
                "approval",
                "needs Airflow 3.1 or newer; before, let people start a second DAG when they have decided",
                task.id());
        at.require(
                task.retryRules().isEmpty() || dialect.atLeast(Dialect.V3_3),
                "retryRules",
                "need Airflow 3.3 or newer; say retries(…), or raise AirflowFailException in the code",
                task.retryRules().size());
        task.retryBackoff()
                .ifPresent(factor -> at.require(
                        factor == 2 || dialect.atLeast(Dialect.V3_2),
                        "retryBackoff",
                        "must be 2, or needs Airflow 3.2 or newer",
                        factor));
    }

    /** Returns the first Airflow that runs such a schedule without a start date. */
    private static Dialect firstWithoutStart(Schedule schedule) {
        if (schedule instanceof Schedule.AssetsOrTime either) {
            return firstWithoutStart(either.times());
        }
        if (schedule instanceof Schedule.Manual
                || schedule instanceof Schedule.Assets
                || schedule instanceof Schedule.Partitions) {
            return Dialect.V2_11;
        }
        if (schedule instanceof Schedule.Once) {
            return Dialect.V3_1;
        }
        return schedule instanceof Schedule.Continuous ? Dialect.V3_2 : Dialect.V3_0;
    }
}
