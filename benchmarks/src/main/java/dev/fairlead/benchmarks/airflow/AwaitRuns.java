package dev.fairlead.benchmarks.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.testing.airflow.FakeAirflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Awaits many runs in one JVM on the fake Airflow, on the system's clock, and tells how many requests a second and how many threads that took.
 * Usage: {@code AwaitRuns [runs [seconds each]]}.
 */
public final class AwaitRuns {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final String DAG = "many";

    private AwaitRuns() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        try (FakeAirflow fake = FakeAirflow.start()) {
            AirflowClient airflow = AirflowClient.builder()
                    .uri(fake.uri())
                    .endpoint(e -> e.basic(FakeAirflow.USER, FakeAirflow.PASSWORD))
                    .publisher(fake.publisher())
                    .build();
            Dag dag = Dag.builder(DAG).maxActiveRuns(runs).empty("a").build();
            airflow.dags().deploy(dag).await(LIMIT);
            fake.onTrigger(DAG).succeedAfter(Duration.ofSeconds(seconds));
            measure(fake, airflow, runs);
        }
    }

    private static void measure(FakeAirflow fake, AirflowClient airflow, int runs) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            ids.add(airflow.runs().trigger(DAG).id());
        }
        fake.forgetRequests();
        long start = System.nanoTime();
        List<CompletableFuture<DagRun>> ends = ids.stream()
                .map(id -> airflow.runs().operation(id).completion(LIMIT))
                .toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
        long threads = 0;
        while (!all.isDone()) {
            threads = Math.max(threads, pollThreads());
            Thread.sleep(50);
        }
        all.get();
        double took = (System.nanoTime() - start) / 1e9;
        int requests = fake.requests().size();
        System.out.printf(
                Locale.ROOT,
                "%d runs awaited for %.1f s: %d requests, %.2f a second, at most %d poll thread%n",
                runs,
                took,
                requests,
                requests / took,
                threads);
    }

    /** The threads that ask for the state of runs; the fake's own do not count. */
    private static long pollThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(n -> n.startsWith("fairlead-airflow-runs") || n.startsWith("fairlead-wait"))
                .count();
    }
}
