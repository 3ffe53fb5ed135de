package dev.fairlead.testing.internal.airflow;

import dev.fairlead.airflow.dag.BashTask;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.internal.render.Header;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What our publisher sends to the fake: the file, and of the model what the fake needs, since it reads no Python. */
public record PublishedDag(
        String dagId,
        String fileName,
        String source,
        boolean startsPaused,
        @Nullable String description,
        String schedule,
        List<String> tags,
        Map<String, Object> params,
        @Nullable Integer maxActiveRuns,
        List<TaskModel> tasks,
        List<List<String>> edges) {

    /** A task. */
    public record TaskModel(
            String taskId,
            String operator,
            int retries,
            long retryDelayMillis,
            String triggerRule,
            String pool,
            int firstLine,
            @Nullable Map<String, Object> pod) {}

    private static final Pattern MARK = Pattern.compile("\"" + Header.MARK + "\": \"([0-9a-f]{16})\"");
    private static final Duration AIRFLOWS_DELAY = Duration.ofMinutes(5);

    /** Reads what the fake needs from a rendered DAG. */
    public static PublishedDag of(RenderedDag rendered) {
        Dag dag = rendered.dag();
        return new PublishedDag(
                dag.id(),
                rendered.fileName(),
                rendered.source(),
                dag.startsPaused(),
                dag.description().orElse(null),
                dag.schedule().toString(),
                dag.tags(),
                dag.params(),
                dag.maxActiveRuns().isPresent() ? dag.maxActiveRuns().getAsInt() : null,
                dag.taskIds().stream()
                        .flatMap(id -> dag.task(id).stream().map(t -> model(rendered, id, t)))
                        .toList(),
                dag.taskIds().stream()
                        .flatMap(id -> dag.downstream(id).stream().map(d -> List.of(id, d)))
                        .toList());
    }

    private static TaskModel model(RenderedDag rendered, String id, Task task) {
        Dag dag = rendered.dag();
        Duration delay = task.retryDelay().or(dag::retryDelay).orElse(AIRFLOWS_DELAY);
        int line = rendered.blocks().stream()
                .filter(b -> b.taskId().equals(id))
                .mapToInt(RenderedDag.Block::firstLine)
                .max()
                .orElse(1);
        return new TaskModel(
                id,
                operator(task),
                task.retries().orElse(dag.retries().orElse(0)),
                delay.toMillis(),
                task.triggerRule().word(),
                task.pool().orElse("default_pool"),
                line,
                task instanceof PodTask pod ? pod.pod().toPod("") : null);
    }

    private static String operator(Task task) {
        if (task instanceof BashTask) {
            return "BashOperator";
        }
        if (task instanceof PythonTask) {
            return "PythonOperator";
        }
        return task instanceof PodTask ? "KubernetesPodOperator" : "EmptyOperator";
    }

    /** Returns the same DAG with another text. */
    PublishedDag withSource(String text) {
        return new PublishedDag(
                dagId, fileName, text, startsPaused, description, schedule, tags, params, maxActiveRuns, tasks, edges);
    }

    /** Returns the mark that the text gives the DAG; empty where it gives none. */
    String mark() {
        Matcher mark = MARK.matcher(source);
        String last = "";
        while (mark.find()) {
            last = mark.group(1);
        }
        return last;
    }

    List<String> upstream(String taskId) {
        return edges.stream()
                .filter(e -> e.get(1).equals(taskId))
                .map(e -> e.get(0))
                .toList();
    }

    List<String> downstream(String taskId) {
        return edges.stream()
                .filter(e -> e.get(0).equals(taskId))
                .map(e -> e.get(1))
                .sorted()
                .toList();
    }

    TaskModel task(String taskId) {
        return tasks.stream()
                .filter(t -> t.taskId().equals(taskId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("DAG " + dagId + " has no task " + taskId));
    }

    Map<String, Object> podOf(String taskId) {
        return Objects.requireNonNullElse(task(taskId).pod(), Map.of());
    }
}
