package dev.fairlead.examples;

import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.testing.EmbeddedPlatform;

/** The first program a reader sees: one run in MLflow, on the embedded platform. */
public final class FirstRun {
    private FirstRun() {}

    /** Logs one run and reads it back. */
    // region first-run
    public static void main(String[] args) {
        try (EmbeddedPlatform embedded = EmbeddedPlatform.start()) {
            MlflowClient mlflow = MlflowClient.create(embedded.platform());
            var experiment = mlflow.experiments().ensure("flights");
            try (ActiveRun run = mlflow.runs().start(experiment, r -> r.name("first"))) {
                run.logParam("epochs", 3);
                for (int epoch = 1; epoch <= 3; epoch++) {
                    run.logMetric("accuracy", 0.7 + 0.05 * epoch, epoch);
                }
                run.finish(); // leaving the block without it marks the run FAILED
            }
            mlflow.runs().search(q -> q.addExperimentId(experiment.id())).forEach(System.out::println);
        }
    }
    // endregion
}
