package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.airflow.RunningTask;
import dev.fairlead.testing.airflow.TaskOutcome;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run that walks its DAG, event by event, up to the instant it is looked at. Guarded by the state's lock. */
final class RunRow {
    final PublishedDag dag;
    final int version;
    final String id;
    final @Nullable Instant logicalDate;
    final Instant runAfter;
    final Map<String, Object> conf;
    final String user;
    final Map<String, TaskRow> tasks = new LinkedHashMap<>();
    private final Scripts scripts;
    String state = "queued";
    String type = "manual";

    /** The update of an asset that started it. */
    @Nullable
    Map<String, Object> upstream;

    @Nullable
    String partitionKey;

    Instant queuedAt;

    @Nullable
    String note;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant endedAt;

    RunRow(
            PublishedDag dag,
            int version,
            String id,
            @Nullable Instant logicalDate,
            Instant queuedAt,
            Map<String, Object> conf,
            @Nullable String note,
            String user,
            Scripts scripts) {
        this.dag = dag;
        this.version = version;
        this.id = id;
        this.logicalDate = logicalDate;
        this.runAfter = queuedAt;
        this.queuedAt = queuedAt;
        this.conf = conf;
        this.note = note;
        this.user = user;
        this.scripts = scripts;
        dag.tasks().forEach(t -> tasks.put(t.taskId(), new TaskRow(t)));
    }

    boolean ended() {
        return endedAt != null;
    }

    /** Lets the run start. */
    void start(Instant at) {
        state = "running";
        startedAt = at;
        settle(at);
    }

    /** Lets everything happen that is due, in its order. */
    void advance(Instant now) {
        while (state.equals("running")) {
            askOpenQuestions(now);
            Optional<TaskRow> next = tasks.values().stream()
                    .filter(t -> t.due != null && !Objects.requireNonNull(t.due).isAfter(now))
                    .min(Comparator.comparing(t -> Objects.requireNonNull(t.due)));
            if (next.isEmpty()) {
                return;
            }
            Instant at = Objects.requireNonNull(next.get().due);
            if (next.get().is("up_for_retry")) {
                startTry(next.get(), at);
            } else {
                endTry(next.get(), at);
            }
            settle(at);
        }
    }

    private void askOpenQuestions(Instant now) {
        for (TaskRow task : tasks.values()) {
            TaskRow.Try last = task.last();
            if (task.is("running") && task.due == null && last != null) {
                last.outcome.question().flatMap(q -> q.get()).ifPresent(answer -> {
                    last.outcome = answer;
                    task.due = answer.duration().map(now::plus).orElse(now);
                });
            }
        }
    }

    private void startTry(TaskRow task, Instant at) {
        int number = task.tries.size() + 1;
        TaskOutcome outcome = scripts.start(
                new RunningTask(
                        dag.dagId(),
                        id,
                        task.model.taskId(),
                        number,
                        task.model.operator(),
                        conf,
                        dag.podOf(task.model.taskId())),
                tasks.size());
        task.tries.add(new TaskRow.Try(number, at, outcome));
        task.state = "running";
        task.endedAt = null;
        task.due = outcome.duration().map(at::plus).orElse(null);
    }

    private void endTry(TaskRow task, Instant at) {
        TaskRow.Try last = Objects.requireNonNull(task.last());
        if (last.outcome.succeeds()) {
            task.end("success", at);
        } else if (last.number <= task.maxTries) {
            task.end("up_for_retry", at);
            task.due = at.plusMillis(task.model.retryDelayMillis());
        } else {
            task.end("failed", at);
        }
    }

    /** Starts and ends what follows from the tasks that have ended, until nothing more does. */
    private void settle(Instant at) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (TaskRow task : tasks.values()) {
                if (task.state == null) {
                    List<TaskRow> upstream = dag.upstream(task.model.taskId()).stream()
                            .map(u -> Objects.requireNonNull(tasks.get(u)))
                            .toList();
                    Optional<String> decision = TriggerRules.decide(task.model.triggerRule(), upstream);
                    decision.filter("start"::equals).ifPresent(start -> startTry(task, at));
                    decision.filter(d -> !d.equals("start")).ifPresent(end -> task.end(end, at));
                    changed |= decision.isPresent();
                }
            }
        }
        if (tasks.values().stream().allMatch(TaskRow::ended)) {
            end(leavesFailed() ? "failed" : "success", at);
        }
    }

    private boolean leavesFailed() {
        return tasks.values().stream()
                .filter(t -> dag.downstream(t.model.taskId()).isEmpty())
                .anyMatch(t -> t.is("failed") || t.is("upstream_failed"));
    }

    private void end(String word, Instant at) {
        state = word;
        endedAt = at;
    }

    /** Ends the run from outside. */
    void endFromOutside(String word, Instant at) {
        Collection<TaskRow> all = tasks.values();
        all.stream().filter(t -> t.is("running")).forEach(t -> t.end(word, at));
        all.stream().filter(t -> !t.ended()).forEach(t -> t.end(word.equals("failed") ? "skipped" : word, at));
        end(word, at);
    }

    /** Lets the run be looked at again. */
    void queue(Instant at) {
        state = "queued";
        queuedAt = at;
        startedAt = null;
        endedAt = null;
    }

    /** Returns the tasks that are meant, with what comes before or after them; all of the run where none is named. */
    List<TaskRow> chosen(Collection<String> taskIds, boolean upstream, boolean downstream) {
        if (taskIds.isEmpty()) {
            return List.copyOf(tasks.values());
        }
        Set<String> ids = new LinkedHashSet<>(taskIds);
        if (upstream) {
            taskIds.forEach(id -> reach(id, dag::upstream, ids));
        }
        if (downstream) {
            taskIds.forEach(id -> reach(id, dag::downstream, ids));
        }
        return tasks.values().stream()
                .filter(t -> ids.contains(t.model.taskId()))
                .toList();
    }

    private static void reach(String id, Function<String, List<String>> next, Set<String> found) {
        for (String other : next.apply(id)) {
            if (found.add(other)) {
                reach(other, next, found);
            }
        }
    }

    /** Lets tasks run again, and so the run. */
    void clear(Collection<TaskRow> cleared, Instant at) {
        if (!cleared.isEmpty()) {
            cleared.forEach(TaskRow::clear);
            queue(at);
        }
    }

    /** Marks a task; what failed after it runs again. */
    void mark(TaskRow task, String word, Instant at) {
        task.end(word, at);
        List<TaskRow> after = chosen(List.of(task.model.taskId()), false, true).stream()
                .filter(t -> t != task && (t.is("failed") || t.is("upstream_failed")))
                .toList();
        clear(after, at);
    }
}
