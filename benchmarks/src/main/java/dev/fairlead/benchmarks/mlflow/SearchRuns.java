package dev.fairlead.benchmarks.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Run;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.PythonEnvironments;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Searches all runs of an experiment on a real MLflow 3.17 on SQLite, by turns with our search and with a raw loop over pages of the same
 * size that reads ids only; then once more while runs arrive. Usage: {@code SearchRuns [runs [rounds]]}.
 */
public final class SearchRuns {
    private static final int PAGE = 1000;

    private static final String COPY = """
            import sqlite3, sys, uuid
            database, run, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
            ids = [uuid.uuid4().hex for _ in range(count)]
            with sqlite3.connect(database, timeout=60) as connection:
                for table in ("runs", "tags", "params", "metrics", "latest_metrics"):
                    found = connection.execute(f"select * from {table} where run_uuid = ?", (run,))
                    names = [column[0] for column in found.description]
                    rows, at = found.fetchall(), names.index("run_uuid")
                    marks = ", ".join("?" for _ in names)
                    connection.executemany(
                        f"insert into {table} ({', '.join(names)}) values ({marks})",
                        (row[:at] + (id,) + row[at + 1:] for id in ids for row in rows))
            """;

    private final URI uri;
    private final MlflowClient mlflow;
    private final Experiment experiment;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    private SearchRuns(URI uri) {
        this.uri = uri;
        this.mlflow = MlflowClient.builder()
                .trackingUri(uri)
                .platform(p -> p.retry(r -> new RetryPolicy(10, r.base(), r.longest(), 100_000)))
                .build();
        this.experiment = mlflow.experiments().ensure("benchmark");
    }

    /** Prints the figures. */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        try (MlflowServer server = MlflowServer.builder().start()) {
            new SearchRuns(server.uri()).run(server, runs, rounds);
        }
    }

    private void run(MlflowServer server, int runs, int rounds) throws Exception {
        fill(server, runs);
        double[] raw = new double[rounds];
        double[] ours = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double rawSeconds = timed(this::raw, runs);
            double ourSeconds = timed(this::ours, runs);
            if (round >= 0) {
                raw[round] = rawSeconds;
                ours[round] = ourSeconds;
            }
        }
        System.out.printf(
                Locale.ROOT, "%nsearch of %,d runs, pages of %,d, seconds (median of %d)%n", runs, PAGE, rounds);
        System.out.printf(Locale.ROOT, "%-28s %8.2f%n", "raw paging loop", median(raw));
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.2f  %.2fx%n",
                "fairlead runs().search",
                median(ours),
                median(ours) / median(raw));
        whileRunsArrive(runs);
    }

    /** Logs one run, and copies its rows in the database: ten thousand runs through the server would take minutes. */
    private void fill(MlflowServer server, int runs) throws Exception {
        String run = mlflow.runs()
                .start(experiment, r -> r.name("run").tags(Map.of("fold", "1")))
                .logMetrics(Map.of("loss", 0.5, "accuracy", 0.75), 1)
                .id();
        Path python = PythonEnvironments.open().require("mlflow-3.17.2").program("python");
        Process copying = new ProcessBuilder(
                        python.toString(),
                        "-c",
                        COPY,
                        server.directory().resolve("mlflow.db").toString(),
                        run,
                        String.valueOf(runs - 1))
                .inheritIO()
                .start();
        if (copying.waitFor() != 0) {
            throw new IllegalStateException("the rows of run " + run + " could not be copied");
        }
    }

    private static double timed(Callable<Set<String>> search, int runs) throws Exception {
        long start = System.nanoTime();
        Set<String> ids = search.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (ids.size() != runs) {
            throw new IllegalStateException(runs + " runs, but " + ids.size() + " were found");
        }
        return seconds;
    }

    private Set<String> ours() {
        Set<String> ids = new HashSet<>();
        for (Run run : mlflow.runs().search(q -> q.addExperiment(experiment).pageSize(PAGE))) {
            ids.add(run.id());
        }
        return ids;
    }

    private Set<String> raw() throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        String token = "";
        do {
            JsonNode page = page(token);
            page.path("runs")
                    .forEach(run -> ids.add(run.path("info").path("run_id").asText()));
            token = page.path("next_page_token").asText("");
        } while (!token.isEmpty());
        return ids;
    }

    private JsonNode page(String token) throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of(
                "experiment_ids",
                List.of(experiment.id()),
                "run_view_type",
                "ACTIVE_ONLY",
                "max_results",
                PAGE,
                "page_token",
                token));
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri + "/api/2.0/mlflow/runs/search"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return json.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    /** Rows that arrive push others onto the next page; each must still be given once. */
    private void whileRunsArrive(int runs) {
        List<String> ids = new ArrayList<>();
        for (Run run : mlflow.runs().search(q -> q.addExperiment(experiment).pageSize(PAGE))) {
            if (ids.size() % PAGE == 0) {
                mlflow.runs().start(experiment);
            }
            ids.add(run.id());
        }
        Set<String> distinct = new HashSet<>(ids);
        if (distinct.size() != ids.size() || ids.size() < runs) {
            throw new IllegalStateException("a run was given twice or not at all");
        }
        System.out.printf(
                Locale.ROOT,
                "while runs arrived: %,d given, %,d distinct, of %,d that were there: each run once%n",
                ids.size(),
                distinct.size(),
                runs);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
