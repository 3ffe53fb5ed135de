package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.dag.CronRules;
import dev.fairlead.airflow.internal.dag.Graph;
import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What Airflow demands of a DAG, and what it takes and breaks on later. */
final class DagRules {
    private static final int MAX_TAG = 100;

    private DagRules() {}

    static void check(Dag dag, Problems at) {
        TaskRules.checkId(at, "id", dag.id());
        checkSchedule(dag, at);
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
        dag.params().forEach((name, value) -> {
            Problems place = at.at("params[" + name + "]");
            place.require(!name.isBlank() && Python.isEncodable(name), "name", "must not be blank", name);
            place.require(
                    !(value instanceof Expression),
                    "value",
                    "must be a plain value: Airflow evaluates no template there",
                    value);
            Texts.checkJson(place, value);
            Texts.checkName(place, name, value);
        });
        dag.maxActiveRuns().ifPresent(n -> at.require(n >= 1, "maxActiveRuns", "must be at least 1", n));
        dag.retries().ifPresent(n -> at.require(n >= 0, "retries", "must not be negative", n));
        TaskRules.positive(at, "retryDelay", dag.retryDelay());
        TaskRules.positive(at, "runTimeout", dag.runTimeout());
        checkTasks(dag, at);
        checkGraph(dag, at);
    }

    private static void checkSchedule(Dag dag, Problems at) {
        Schedule schedule = dag.schedule();
        if (schedule instanceof Schedule.Cron cron) {
            CronRules.check(cron.expression()).ifPresent(rule -> at.add("schedule", rule, cron.expression()));
            at.require(
                    isRegion(cron.zone()),
                    "schedule",
                    "must be in UTC or in a region such as Europe/Paris",
                    cron.zone());
        } else if (schedule instanceof Schedule.Every every) {
            TaskRules.positive(at, "schedule", Optional.of(every.interval()));
            at.require(
                    every.interval().equals(Duration.ofSeconds(every.interval().toSeconds())),
                    "schedule",
                    "must be of whole seconds",
                    every.interval());
        } else if (schedule instanceof Schedule.Continuous) {
            at.require(
                    dag.maxActiveRuns().orElse(0) == 1,
                    "maxActiveRuns",
                    "must be 1 with a continuous schedule",
                    dag.maxActiveRuns().isPresent() ? dag.maxActiveRuns().getAsInt() : null);
        }
    }

    /** Airflow's zone data knows no bare offsets. */
    private static boolean isRegion(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC)
                || (!(zone instanceof ZoneOffset)
                        && zone.getId().matches("UTC|GMT|[A-Z][A-Za-z_]+/[A-Za-z0-9_+/-]+")
                        && !zone.getId().startsWith("SystemV/"));
    }

    private static void checkTasks(Dag dag, Problems at) {
        Map<String, Integer> seen = new HashMap<>();
        int i = 0;
        for (Task task : dag.tasks()) {
            at.part("tasks[" + task.id() + "]", task);
            Integer before = seen.putIfAbsent(task.id(), i);
            if (before != null) {
                String origins = Stream.of(dag.tasks().get(before), task)
                        .flatMap(t -> t.origin().stream())
                        .distinct()
                        .reduce((a, b) -> a + " and " + b)
                        .map(o -> ", built at " + o)
                        .orElse("");
                at.add("tasks[" + i + "].id", "must be unique in the DAG" + origins, task.id());
            }
            i++;
        }
    }

    private static void checkGraph(Dag dag, Problems at) {
        Set<String> ids = new LinkedHashSet<>();
        dag.tasks().forEach(t -> ids.add(t.id()));
        int i = 0;
        for (Edge edge : dag.edges()) {
            String place = "edges[" + i++ + "]";
            at.require(ids.contains(edge.upstream()), place, "must start at a task of this DAG", edge.upstream());
            at.require(ids.contains(edge.downstream()), place, "must end at a task of this DAG", edge.downstream());
        }
        Graph graph = Graph.of(dag);
        Optional<List<String>> cycle = graph.cycle();
        cycle.ifPresent(path -> at.add("edges", "must not go in a circle", String.join(" -> ", path)));
        if (cycle.isEmpty()) {
            checkOutputs(dag, ids, graph, at);
        }
    }

    private static void checkOutputs(Dag dag, Set<String> ids, Graph graph, Problems at) {
        for (Task task : dag.tasks()) {
            Set<String> used = new HashSet<>();
            outputs(task).forEach(output -> used.add(output.taskId()));
            for (String producer : used) {
                Problems place = at.at("tasks[" + task.id() + "]");
                if (!ids.contains(producer)) {
                    place.add("output", "must be of a task of this DAG", producer);
                } else if (!graph.isBefore(producer, task.id())) {
                    place.add("output", "must be of a task that runs before; add an edge from it", producer);
                }
            }
        }
    }

    private static Stream<TaskOutput> outputs(Task task) {
        Stream<?> values;
        if (task instanceof PodTask pod) {
            values = Stream.concat(pod.evaluatedEnv().values().stream(), pod.evaluatedArgs().stream());
        } else if (task instanceof BashTask bash) {
            values = Stream.concat(Stream.of(bash.command()), bash.env().values().stream());
        } else if (task instanceof PythonTask python) {
            values = python.arguments().values().stream().flatMap(DagRules::leaves);
        } else {
            values = Stream.of();
        }
        return values.filter(TaskOutput.class::isInstance).map(TaskOutput.class::cast);
    }

    private static Stream<?> leaves(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().flatMap(DagRules::leaves);
        }
        return value instanceof Map<?, ?> map ? map.values().stream().flatMap(DagRules::leaves) : Stream.of(value);
    }
}
