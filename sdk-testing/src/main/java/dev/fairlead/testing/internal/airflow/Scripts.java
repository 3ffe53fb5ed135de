package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.airflow.DagScript;
import dev.fairlead.testing.airflow.RunningTask;
import dev.fairlead.testing.airflow.TaskHandler;
import dev.fairlead.testing.airflow.TaskOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** How tasks go: by the DAG's script, then by the handler of the operator, then well. */
public final class Scripts {
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, TaskHandler> handlers = new ConcurrentHashMap<>();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final Duration usual;
    private final Clock clock;

    Scripts(Duration usual, Clock clock) {
        this.usual = usual;
        this.clock = clock;
    }

    /** Returns what was asked, oldest first. */
    List<Question> questions() {
        return questions;
    }

    public Script of(String dagId) {
        return scripts.computeIfAbsent(dagId, id -> new Script(questions, clock));
    }

    public void onOperator(String operator, TaskHandler handler) {
        handlers.put(operator, handler);
    }

    /** Starts a try; its duration is always set unless its end is a question. */
    TaskOutcome start(RunningTask task, int tasksOfRun) {
        Script script = of(task.dagId());
        TaskOutcome outcome = script.handler(task.taskId())
                .or(() -> Optional.ofNullable(handlers.get(task.operator())))
                .map(h -> h.start(task))
                .orElseGet(() -> script.planned(task));
        if (outcome.question().isPresent() || outcome.duration().isPresent()) {
            return outcome;
        }
        return outcome.after(script.duration(task.taskId(), tasksOfRun).orElse(usual));
    }

    /** The script of a DAG. */
    public static final class Script implements DagScript {
        private final Map<String, Duration> durations = new ConcurrentHashMap<>();
        private final Map<String, TaskHandler> handlers = new ConcurrentHashMap<>();
        private final Map<String, Failure> failures = new ConcurrentHashMap<>();
        private volatile @Nullable Duration whole;
        private volatile @Nullable ImportFailure importFailure;

        private final List<Question> questions;
        private final Clock clock;

        private Script(List<Question> questions, Clock clock) {
            this.questions = questions;
            this.clock = clock;
        }

        private record Failure(String log, int tries) {}

        record ImportFailure(String taskId, String error) {}

        @Override
        public DagScript succeedAfter(Duration duration) {
            failures.clear();
            whole = duration;
            return this;
        }

        @Override
        public DagScript taskTakes(String taskId, Duration duration) {
            durations.put(taskId, duration);
            return this;
        }

        @Override
        public DagScript failTask(String taskId, String log) {
            return failTask(taskId, log, Integer.MAX_VALUE);
        }

        @Override
        public DagScript failTask(String taskId, String log, int tries) {
            failures.put(taskId, new Failure(log, tries));
            return this;
        }

        @Override
        public DagScript onTask(String taskId, TaskHandler handler) {
            handlers.put(taskId, handler);
            return this;
        }

        @Override
        public DagScript asks(String taskId, String subject, List<String> options, Map<String, Object> params) {
            return onTask(taskId, task -> {
                Question question = new Question(task, subject, options, params, clock.instant());
                questions.add(question);
                return TaskOutcome.when(question::end);
            });
        }

        @Override
        public DagScript failImport(String taskId, String error) {
            importFailure = new ImportFailure(taskId, error);
            return this;
        }

        @Override
        public DagScript mendImport() {
            importFailure = null;
            return this;
        }

        Optional<ImportFailure> importFailure() {
            return Optional.ofNullable(importFailure);
        }

        private Optional<TaskHandler> handler(String taskId) {
            return Optional.ofNullable(handlers.get(taskId));
        }

        private TaskOutcome planned(RunningTask task) {
            Failure failure = failures.get(task.taskId());
            return failure != null && task.tryNumber() <= failure.tries()
                    ? TaskOutcome.failure(failure.log())
                    : TaskOutcome.success();
        }

        /** A duration for the whole run is the last task's: the run then ends about when it says. */
        private Optional<Duration> duration(String taskId, int tasksOfRun) {
            Duration own = durations.get(taskId);
            Duration all = whole;
            if (own != null) {
                return Optional.of(own);
            }
            return all == null ? Optional.empty() : Optional.of(all.dividedBy(Math.max(1, tasksOfRun)));
        }
    }
}
