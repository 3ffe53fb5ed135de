package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.airflow.RunningTask;
import dev.fairlead.testing.airflow.TaskOutcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question of a running task to people. Guarded by the state's lock. */
final class Question {
    final String dagId;
    final String runId;
    final String taskId;
    final String subject;
    final List<String> options;
    final Map<String, Object> asked;
    final Instant at;
    List<String> chosen = List.of();
    Map<String, Object> params = Map.of();
    String by = "";

    @Nullable
    Instant answeredAt;

    Question(RunningTask task, String subject, List<String> options, Map<String, Object> asked, Instant at) {
        this.dagId = task.dagId();
        this.runId = task.runId();
        this.taskId = task.taskId();
        this.subject = subject;
        this.options = List.copyOf(options);
        this.asked = Map.copyOf(asked);
        this.at = at;
    }

    /** The task ends when it is answered. */
    Optional<TaskOutcome> end() {
        if (answeredAt == null) {
            return Optional.empty();
        }
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("chosen_options", chosen);
        output.put("params_input", params);
        return Optional.of(TaskOutcome.success().output(output));
    }
}
