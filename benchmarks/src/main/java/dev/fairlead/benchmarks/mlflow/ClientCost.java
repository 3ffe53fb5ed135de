package dev.fairlead.benchmarks.mlflow;

import com.sun.management.ThreadMXBean;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Metric;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/**
 * Measures what a call costs its caller: processor time and allocation of the calling thread, on which both clients work, against an echo on
 * loopback; and the first call in a fresh JVM. The two take turns, so that the machine's mood meets both.
 */
public final class ClientCost {
    private static final int BATCH = 1000;
    private static final int FRESH_JVMS = 10;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ClientCost() {}

    /** What one contestant does again and again. */
    interface Call {
        /** Makes the call with this number. */
        void make(long number);
    }

    /** Medians of one kind of call. */
    record Cost(double cpuMicros, double bytes, double p50Micros, double p99Micros) {}

    /** Prints the tables; {@code first ours|peer URI} is one sample of the first call. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3) {
            first(arguments[1], URI.create(arguments[2]));
            return;
        }
        try (EchoServer echo = EchoServer.start()) {
            ActiveRun ours = ours(echo.uri());
            MlflowClient peer = new MlflowClient(echo.uri().toString());
            Map<String, Call> batches = new LinkedHashMap<>();
            batches.put("mlflow-client logBatch(1000)", n -> peer.logBatch("r1", peerBatch(n), List.of(), List.of()));
            batches.put("fairlead logMetrics(1000)", n -> ours.logMetrics(batch(n)));
            batches.put("fairlead logSeries(1000)", n -> ours.logSeries("loss", values(n), n * BATCH));
            print("1,000 values in a call", measure(batches, 1000));
            Map<String, Call> singles = new LinkedHashMap<>();
            singles.put("mlflow-client logMetric", n -> peer.logMetric("r1", "loss", 1.0 / n, 1_700_000_000_000L, n));
            singles.put("fairlead logMetric", n -> ours.logMetric("loss", 1.0 / n, n));
            print("one value in a call", measure(singles, 10_000));
            firstCalls(echo.uri());
        }
    }

    private static ActiveRun ours(URI uri) {
        return dev.fairlead.mlflow.MlflowClient.builder()
                .trackingUri(uri)
                .build()
                .runs()
                .resume("r1");
    }

    private static List<Service.Metric> peerBatch(long number) {
        List<Service.Metric> all = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            long step = number * BATCH + i;
            all.add(Service.Metric.newBuilder()
                    .setKey("loss")
                    .setValue(1.0 / (step + 1))
                    .setTimestamp(1_700_000_000_000L + i)
                    .setStep(step)
                    .build());
        }
        return all;
    }

    private static List<Metric> batch(long number) {
        List<Metric> all = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            long step = number * BATCH + i;
            all.add(new Metric("loss", 1.0 / (step + 1), Instant.ofEpochMilli(1_700_000_000_000L + i), step));
        }
        return all;
    }

    private static double[] values(long number) {
        double[] all = new double[BATCH];
        for (int i = 0; i < BATCH; i++) {
            all[i] = 1.0 / (number * BATCH + i + 1);
        }
        return all;
    }

    private static Map<String, Cost> measure(Map<String, Call> calls, int times) {
        Map<String, List<Cost>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < 9; round++) {
            for (Map.Entry<String, Call> call : calls.entrySet()) {
                Cost cost = round(call.getValue(), times);
                if (round >= 4) { // the first ones warm up
                    rounds.computeIfAbsent(call.getKey(), k -> new ArrayList<>())
                            .add(cost);
                }
            }
        }
        Map<String, Cost> medians = new LinkedHashMap<>();
        rounds.forEach((name, all) -> medians.put(
                name,
                new Cost(
                        median(all.stream().mapToDouble(Cost::cpuMicros).toArray()),
                        median(all.stream().mapToDouble(Cost::bytes).toArray()),
                        median(all.stream().mapToDouble(Cost::p50Micros).toArray()),
                        median(all.stream().mapToDouble(Cost::p99Micros).toArray()))));
        return medians;
    }

    private static Cost round(Call call, int times) {
        double[] micros = new double[times];
        long cpu = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            call.make(i + 1L);
            micros[i] = (System.nanoTime() - start) / 1e3;
        }
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        cpu = THREADS.getCurrentThreadCpuTime() - cpu;
        Arrays.sort(micros);
        return new Cost(cpu / 1e3 / times, (double) bytes / times, micros[times / 2], micros[times * 99 / 100]);
    }

    static double median(double... all) {
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String title, Map<String, Cost> costs) {
        System.out.println("\n" + title);
        Cost peer = costs.values().iterator().next();
        System.out.printf("%-32s %12s %14s %10s %10s%n", "", "cpu µs", "bytes", "p50 µs", "p99 µs");
        costs.forEach((name, c) -> System.out.printf(
                Locale.ROOT,
                "%-32s %8.0f %3.0f%% %9.0f %3.0f%% %10.0f %10.0f%n",
                name,
                c.cpuMicros(),
                100 * c.cpuMicros() / peer.cpuMicros(),
                c.bytes(),
                100 * c.bytes() / peer.bytes(),
                c.p50Micros(),
                c.p99Micros()));
    }

    private static void first(String who, URI uri) {
        long start = System.nanoTime();
        if (who.equals("peer")) {
            new MlflowClient(uri.toString()).logMetric("r1", "loss", 0.5, 1_700_000_000_000L, 1);
        } else {
            ours(uri).logMetric("loss", 0.5, 1); // two calls: it reads the run first
        }
        System.out.println((System.nanoTime() - start) / 1e6);
    }

    private static void firstCalls(URI uri) throws IOException, InterruptedException {
        Map<String, double[]> millis = new LinkedHashMap<>();
        millis.put("peer", new double[FRESH_JVMS]);
        millis.put("ours", new double[FRESH_JVMS]);
        for (int i = 0; i < FRESH_JVMS; i++) {
            for (Map.Entry<String, double[]> entry : millis.entrySet()) {
                entry.getValue()[i] = freshJvm(entry.getKey(), uri);
            }
        }
        System.out.println("\nfirst call in a fresh JVM, median of " + FRESH_JVMS);
        millis.forEach((who, all) -> System.out.printf(Locale.ROOT, "%-32s %8.0f ms%n", who, median(all)));
    }

    private static double freshJvm(String who, URI uri) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClientCost.class.getName(),
                        "first",
                        who,
                        uri.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return Double.parseDouble(said.substring(said.lastIndexOf('\n') + 1));
    }
}
