package dev.example.consumer;

import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.MlflowClient;
import java.net.URI;

/** What a batch job does with MLflow: one experiment, one run, a metric. Closes nothing. */
public final class LogOneRun {
    private LogOneRun() {}

    public static void main(String[] arguments) {
        MlflowClient mlflow = MlflowClient.builder().trackingUri(URI.create(arguments[0])).build();
        try (ActiveRun run = mlflow.runs().start(mlflow.experiments().ensure("consumer"))) {
            run.logParam("epochs", 3).logMetric("accuracy", 0.9);
            run.finish();
            System.out.println("logged run " + run.id());
        }
    }
}
