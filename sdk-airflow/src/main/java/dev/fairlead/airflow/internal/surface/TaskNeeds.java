package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.dag.HttpTask;
import dev.fairlead.airflow.dag.JobTask;
import dev.fairlead.airflow.dag.PapermillTask;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.airflow.dag.ResourceTask;
import dev.fairlead.airflow.dag.SensorTask;
import dev.fairlead.airflow.dag.SparkTask;
import dev.fairlead.airflow.dag.SqlTask;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.Until;
import java.util.List;
import java.util.Optional;

/**
 * What a task needs of a server beside what its file imports. Airflow does without a connection to a cluster, so that only a named one counts.
 *
 * @param connections the connections it names
 */
record TaskNeeds(List<String> connections) {
    /** The one place that knows what each kind of task needs. */
    static TaskNeeds of(Task task) {
        return new TaskNeeds(connection(task).stream().toList());
    }

    private static Optional<String> connection(Task task) {
        if (task instanceof PodTask pod) {
            return pod.connection();
        }
        if (task instanceof SparkTask spark) {
            return spark.connection();
        }
        if (task instanceof JobTask job) {
            return job.connection();
        }
        if (task instanceof ResourceTask resource) {
            return resource.connection();
        }
        if (task instanceof PapermillTask notebook) {
            return notebook.kernelConnection();
        }
        if (task instanceof HttpTask http) {
            return http.connection().or(() -> Optional.of("http_default"));
        }
        if (task instanceof SqlTask sql) {
            return Optional.of(sql.connection());
        }
        return task instanceof SensorTask sensor ? connection(sensor.until()) : Optional.empty();
    }

    private static Optional<String> connection(Until until) {
        if (until instanceof Until.File file) {
            return Optional.of(file.connection().isEmpty() ? "fs_default" : file.connection());
        }
        if (until instanceof Until.Http http) {
            return Optional.of(http.connection().isEmpty() ? "http_default" : http.connection());
        }
        if (until instanceof Until.Sql sql) {
            return Optional.of(sql.connection());
        }
        return until instanceof Until.SparkApplication spark
                ? Optional.of(spark.connection()).filter(c -> !c.isEmpty())
                : Optional.empty();
    }
}
