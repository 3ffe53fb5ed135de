package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.dag.Graph;
import dev.fairlead.airflow.internal.dag.Graph.Node;
import dev.fairlead.airflow.internal.dag.Graph.Scope;
import dev.fairlead.airflow.internal.dag.Graph.Twin;
import dev.fairlead.spi.Problems;

/** What Airflow demands of a DAG, and what it takes and breaks on later. */
final class DagRules {
    private static final int MAX_TAG = 100;

    private DagRules() {}

    static void check(Dag dag, Graph graph, Problems at) {
        TaskRules.checkId(at, "id", dag.id());
        ScheduleRules.check(dag, at);
        at.require(
                !dag.catchup()
                        || dag.schedule() instanceof Schedule.Manual
                        || dag.startDate().isPresent(),
                "startDate",
                "must be set, so that it is known from when missed runs are made up for",
                null);
        dag.description().ifPresent(d -> Texts.check(at, "description", d));
        dag.doc().ifPresent(d -> Texts.check(at, "doc", d));
        int i = 0;
        for (String tag : dag.tags()) {
            String place = "tags[" + i++ + "]";
            if (at.requireText(place, tag)) {
                at.require(tag.length() <= MAX_TAG, place, "must be at most " + MAX_TAG + " characters", tag);
                Texts.check(at, place, tag);
            }
        }
        Params.checkAll(dag, at);
        dag.maxActiveRuns().ifPresent(n -> at.require(n >= 1, "maxActiveRuns", "must be at least 1", n));
        dag.maxActiveTasks().ifPresent(n -> at.require(n >= 1, "maxActiveTasks", "must be at least 1", n));
        dag.owner().ifPresent(o -> {
            if (at.requireText("owner", o)) {
                Texts.check(at, "owner", o);
            }
        });
        dag.endDate()
                .ifPresent(end -> at.require(
                        dag.startDate().filter(start -> !start.isBefore(end)).isEmpty(),
                        "endDate",
                        "must be later than the start date",
                        end));
        CallbackRules.check(at, "onFailure", dag.onFailure());
        CallbackRules.check(at, "onSuccess", dag.onSuccess());
        CallbackRules.checkDeadlines(at, dag.deadlines());
        dag.retries().ifPresent(n -> at.require(n >= 0, "retries", "must not be negative", n));
        TaskRules.positive(at, "retryDelay", dag.retryDelay());
        TaskRules.positive(at, "runTimeout", dag.runTimeout());
        checkTasks(graph, at);
        checkGraph(dag, graph, at);
    }

    private static void checkTasks(Graph graph, Problems at) {
        for (Node node : graph.nodes()) {
            at.part(node.place(), node.task());
            at.require(
                    node.scope().prefix().isEmpty() || node.id().length() <= TaskRules.MAX_ID,
                    node.place() + ".id",
                    "must be at most " + TaskRules.MAX_ID + " characters together with those of its groups",
                    node.id());
        }
        for (Scope group : graph.groups()) {
            group.group().ifPresent(g -> at.part(group.place(), g));
        }
        for (Twin twice : graph.twins()) {
            String origins = twice.tasks().stream()
                    .flatMap(t -> t.origin().stream())
                    .distinct()
                    .reduce((a, b) -> a + " and " + b)
                    .map(o -> ", built at " + o)
                    .orElse("");
            at.add(twice.place() + ".id", "must be unique in the DAG" + origins, twice.id());
        }
    }

    private static void checkGraph(Dag dag, Graph graph, Problems at) {
        graph.strays().forEach(s -> at.add(s.place(), s.rule(), s.name()));
        graph.cycle().ifPresent(path -> at.add("edges", "must not go in a circle", String.join(" -> ", path)));
        for (Node node : graph.nodes()) {
            at.require(
                    !dag.failFast() || node.task().triggerRule() == TriggerRule.ALL_SUCCESS,
                    node.place() + ".triggerRule",
                    "must be ALL_SUCCESS where the first failure ends the run (failFast)",
                    node.task().triggerRule());
            if (node.task().role() == TaskRole.SETUP) {
                graph.downstream(node.id()).forEach(id -> graph.node(id).ifPresent(next -> checkAfterSetup(next, at)));
            }
            for (String setup : node.task().tearsDown()) {
                graph.resolve(setup, node.scope())
                        .flatMap(graph::node)
                        .ifPresent(s -> at.require(
                                s.task().role() == TaskRole.SETUP,
                                node.place() + ".tearsDown",
                                "must be a set-up task: say setup() there",
                                s.id()));
            }
        }
    }

    private static void checkAfterSetup(Node next, Problems at) {
        at.require(
                next.task().role() == TaskRole.TEARDOWN || next.task().triggerRule() == TriggerRule.ALL_SUCCESS,
                next.place() + ".triggerRule",
                "must be ALL_SUCCESS right after a set-up task",
                next.task().triggerRule());
    }
}
