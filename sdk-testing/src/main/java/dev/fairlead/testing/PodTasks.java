package dev.fairlead.testing;

import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.testing.airflow.RunningTask;
import dev.fairlead.testing.airflow.TaskHandler;
import dev.fairlead.testing.airflow.TaskOutcome;
import dev.fairlead.testing.kube.KubeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays the pods of DAG tasks: each task that is a pod becomes a Pod of the embedded cluster, runs for a moment of the clock, and succeeds. */
final class PodTasks implements TaskHandler {
    private static final Duration RUNS_FOR = Duration.ofMillis(300);

    private final KubeStore cluster;
    private final String namespace;
    private final Clock clock;
    private final AtomicInteger made = new AtomicInteger();

    PodTasks(KubeStore cluster, String namespace, Clock clock) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.clock = clock;
    }

    @Override
    public TaskOutcome start(RunningTask task) {
        Map<String, Object> pod = new LinkedHashMap<>(task.pod());
        Map<String, Object> metadata = child(pod, "metadata");
        String name = (task.taskId() + "-" + Integer.toString(made.incrementAndGet() + 0x10000, 36))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]", "-");
        metadata.put("name", name);
        metadata.putIfAbsent("namespace", namespace);
        child(metadata, "labels").putAll(task.podLabels());
        pod.put("metadata", metadata);
        String where = String.valueOf(metadata.get("namespace"));
        cluster.upsert(Kind.POD, pod);
        cluster.upsertStatus(Kind.POD, where, name, Map.of("phase", "Running"));
        Instant end = clock.instant().plus(RUNS_FOR);
        return TaskOutcome.when(() -> {
            if (clock.instant().isBefore(end)) {
                return Optional.empty();
            }
            cluster.upsertStatus(Kind.POD, where, name, Map.of("phase", "Succeeded"));
            return Optional.of(TaskOutcome.success().log("the pod " + name + " succeeded"));
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String key) {
        Map<String, Object> child = new LinkedHashMap<>(
                (Map<String, Object>) Optional.ofNullable(parent.get(key)).orElse(Map.of()));
        parent.put(key, child);
        return child;
    }
}
