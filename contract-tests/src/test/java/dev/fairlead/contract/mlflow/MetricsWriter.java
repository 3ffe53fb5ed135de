package dev.fairlead.contract.mlflow;

import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.mlflow.MlflowClient;
import java.nio.file.Path;
import java.time.Duration;

/** A program that logs, and that the tests kill: {@code URI RUN SPOOL|- KEY COUNT finish|forget}. */
final class MetricsWriter {
    private MetricsWriter() {}

    public static void main(String[] arguments) {
        ActiveRun run =
                MlflowClient.builder().trackingUri(arguments[0]).build().runs().resume(arguments[1]);
        MetricLogger metrics = run.metrics(o -> {
            o.flushSize(200).bufferSize(1_000_000).flushInterval(Duration.ofMinutes(5));
            if (!arguments[2].equals("-")) {
                o.spool(Path.of(arguments[2]));
            }
        });
        int count = Integer.parseInt(arguments[4]);
        for (int step = 0; step < count; step++) {
            metrics.log(arguments[3], step, step);
            System.out.println(step); // only now does anybody count on it
        }
        if (arguments[5].equals("finish")) {
            run.finish();
        }
    }
}
