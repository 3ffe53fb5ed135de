package dev.fairlead.examples;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.testing.EmbeddedPlatform;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Composes a DAG, delivers it, runs it and reads its logs. */
public final class Retrain {
    private Retrain() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        try (EmbeddedPlatform embedded = EmbeddedPlatform.start()) {
            AirflowClient airflow = AirflowClient.create(embedded.platform());
            DagRun run = run(airflow, nightly());
            airflow.runs().tasks(run.dagId(), run.id()).forEach(System.out::println);
        }
    }

    // region dag
    static Dag nightly() {
        return Dag.builder("nightly")
                .schedule(Schedule.cron("0 4 * * *", ZoneOffset.UTC))
                .startDate(LocalDate.of(2026, 1, 1))
                .retries(2, Duration.ofMinutes(1))
                .bash("extract", "echo extracted")
                .pod(
                        "train",
                        t -> t.pod(p -> p.image("registry.example.org/train:1.0")
                                        .resources(r -> r.cpu("2").memory("4Gi").gpu(Gpu.nvidia(1))))
                                .copiesLog(false)
                                .executionTimeout(Duration.ofHours(2)))
                .chain("extract", "train")
                .build();
    }
    // endregion

    // region run
    static DagRun run(AirflowClient airflow, Dag dag) {
        airflow.dags().deploy(dag).await(Duration.ofMinutes(3)); // parsed, and the source is ours
        return airflow.runs()
                .trigger(dag.id(), t -> t.runId("2026-01-01").unpause(true)) // the same key is the same run
                .onProgress(p -> System.out.println(p.state()))
                .await(Duration.ofHours(3));
    }
    // endregion
}
