package dev.fairlead.examples;

import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.Order;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.WhenSame;
import dev.fairlead.testing.EmbeddedPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Tracks a training: many metrics, a tree of files, a model that becomes the champion. */
public final class Track {
    private Track() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("track");
        Files.writeString(folder.resolve("notes.txt"), "nothing to see");
        try (EmbeddedPlatform embedded = EmbeddedPlatform.start()) {
            MlflowClient mlflow = MlflowClient.create(embedded.platform());
            String run = train(mlflow, folder);
            System.out.println(promote(mlflow, run).version());
            System.out.println(best(mlflow).size());
        }
    }

    // region run
    static String train(MlflowClient mlflow, Path results) {
        var experiment = mlflow.experiments().ensure("flights");
        try (ActiveRun run = mlflow.runs().start(experiment, r -> r.resumeKey("2026-01-05"))) {
            MetricLogger metrics = run.metrics(); // buffered; ending the run delivers them, or says which are missing
            for (int step = 0; step < 10_000; step++) {
                metrics.log("loss", 1.0 / (1 + step), step);
            }
            run.artifacts().with(o -> o.whenSame(WhenSame.SKIP)).logTree(results, "results");
            run.artifacts().putText("model/MLmodel", "flavors: {echo: {}}");
            run.finish();
            return run.id();
        }
    }
    // endregion

    // region promote
    static ModelVersion promote(MlflowClient mlflow, String runId) {
        ModelVersion version = mlflow.models()
                .register("flights", m -> m.source(runId, "model").key(runId)) // the same key is the same version
                .await(Duration.ofMinutes(2));
        mlflow.models().promote("flights", "champion", version.version()); // or a PromotionLostException
        return version;
    }
    // endregion

    // region search
    static List<Run> best(MlflowClient mlflow) {
        return mlflow
                .runs()
                .search(q -> q.addExperiment(mlflow.experiments().ensure("flights"))
                        .filter(Filter.metric("loss").lt(0.1))
                        .addOrder(Order.metric("loss")))
                .stream()
                .limit(10)
                .toList();
    }
    // endregion
}
