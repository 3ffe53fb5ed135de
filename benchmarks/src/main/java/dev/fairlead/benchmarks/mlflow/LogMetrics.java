package dev.fairlead.benchmarks.mlflow;

import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.PythonEnvironments;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mlflow.tracking.MlflowClient;

/**
 * Logs values of one metric to a real MLflow 3.17 on SQLite, each contestant to runs of its own, and prints rows a second as the server has
 * them. The contestants take turns; slow ones log fewer values. Usage: {@code LogMetrics [points [rounds]]}.
 */
public final class LogMetrics {
    private static final int BATCH = 1000;
    private static final String PYTHON = """
            import os, sys, time, mlflow
            mlflow.set_tracking_uri(sys.argv[1])
            client = mlflow.MlflowClient()
            run, points = sys.argv[2], int(sys.argv[3])
            client.get_run(run)
            start = time.time()
            for i in range(points):
                client.log_metric(run, "loss", 1 / (i + 1), step=i, synchronous=False)
            mlflow.flush_async_logging()
            print("seconds", time.time() - start)
            """;

    private final URI uri;
    private final dev.fairlead.mlflow.MlflowClient mlflow;
    private final Experiment experiment;

    private LogMetrics(URI uri) {
        this.uri = uri;
        this.mlflow =
                dev.fairlead.mlflow.MlflowClient.builder().trackingUri(uri).build();
        this.experiment = mlflow.experiments().ensure("benchmark");
    }

    /** Logs so many values to a run, and returns when the server has them. */
    interface Contestant {
        /** Returns the seconds it took. */
        double log(String runId, int points) throws Exception;
    }

    private record Entry(Contestant contestant, int points) {}

    /** Prints the table. */
    public static void main(String[] arguments) throws Exception {
        int points = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        try (MlflowServer server = MlflowServer.builder().start()) {
            new LogMetrics(server.uri()).run(points, rounds);
        }
    }

    private void run(int points, int rounds) throws Exception {
        Map<String, Entry> all = new LinkedHashMap<>();
        all.put(
                "hand-written log-batch(1000), 1 sender",
                new Entry((run, n) -> timed(() -> byHand(run, n, 1)), points));
        all.put(
                "hand-written log-batch(1000), 4 senders",
                new Entry((run, n) -> timed(() -> byHand(run, n, 4)), points));
        all.put("fairlead run.metrics()", new Entry((run, n) -> timed(() -> ours(run, n)), points));
        all.put("mlflow-client 2.17.2 logMetric", new Entry((run, n) -> timed(() -> peer(run, n)), points / 200));
        all.put("Python 3.17.2 async logging", new Entry((run, n) -> python(run, n, Map.of()), points / 100));
        all.put(
                "Python 3.17.2 async logging, buffered 1 s",
                new Entry(
                        (run, n) -> python(run, n, Map.of("MLFLOW_ASYNC_LOGGING_BUFFERING_SECONDS", "1")), points / 4));
        Map<String, double[]> rates = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, Entry> entry : all.entrySet()) {
                int count = round < 0
                        ? Math.max(100, entry.getValue().points() / 10)
                        : entry.getValue().points();
                double rate = measure(entry.getValue().contestant(), count);
                if (round >= 0) {
                    rates.computeIfAbsent(entry.getKey(), k -> new double[rounds])[round] = rate;
                }
            }
        }
        double best = rates.entrySet().stream()
                .filter(e -> e.getKey().startsWith("hand"))
                .mapToDouble(e -> ClientCost.median(e.getValue()))
                .max()
                .orElseThrow();
        System.out.printf("%n%-44s %10s %8s   %s%n", "", "rows/s", "of best", "rounds");
        rates.forEach((name, r) -> System.out.printf(
                Locale.ROOT,
                "%-44s %10.0f %7.1f%%   %s%n",
                name,
                ClientCost.median(r),
                100 * ClientCost.median(r) / best,
                Arrays.toString(Arrays.stream(r).mapToLong(Math::round).toArray())));
    }

    private double measure(Contestant contestant, int points) throws Exception {
        String run = mlflow.runs().start(experiment).id();
        double seconds = contestant.log(run, points);
        long rows = mlflow.runs().history(run, "loss").stream().count();
        if (rows != points) {
            throw new IllegalStateException(points + " values became " + rows + " rows");
        }
        return points / seconds;
    }

    /** Work that may fail in any way. */
    private interface Work {
        void run() throws Exception;
    }

    private static double timed(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private void ours(String runId, int points) {
        ActiveRun run = mlflow.runs().resume(runId);
        MetricLogger metrics = run.metrics();
        for (int i = 0; i < points; i++) {
            metrics.log("loss", 1.0 / (i + 1), i);
        }
        metrics.close();
    }

    private void peer(String run, int points) {
        MlflowClient client = new MlflowClient(uri.toString());
        for (int i = 0; i < points; i++) {
            client.logMetric(run, "loss", 1.0 / (i + 1), System.currentTimeMillis(), i);
        }
    }

    private double python(String run, int points, Map<String, String> environment) {
        String said = PythonEnvironments.open()
                .require("mlflow-" + MlflowServer.CURRENT)
                .python(Duration.ofMinutes(10), environment, "-c", PYTHON, uri.toString(), run, String.valueOf(points));
        return Double.parseDouble(
                said.substring(said.lastIndexOf("seconds ") + 8).strip());
    }

    private void byHand(String run, int points, int senders) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService pool = Executors.newFixedThreadPool(senders);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int first = 0; first < points; first += BATCH) {
                String body = body(run, first, Math.min(points, first + BATCH));
                all.add(pool.submit(() -> send(http, body)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    private Object send(HttpClient http, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/api/2.0/mlflow/runs/log-batch"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return response;
    }

    private static String body(String run, int first, int end) {
        long now = System.currentTimeMillis();
        StringBuilder json = new StringBuilder("{\"run_id\":\"").append(run).append("\",\"metrics\":[");
        for (int i = first; i < end; i++) {
            json.append(i == first ? "" : ",")
                    .append("{\"key\":\"loss\",\"value\":")
                    .append(1.0 / (i + 1))
                    .append(",\"timestamp\":")
                    .append(now)
                    .append(",\"step\":")
                    .append(i)
                    .append('}');
        }
        return json.append("]}").toString();
    }
}
