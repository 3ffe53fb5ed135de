package dev.fairlead.benchmarks.mlflow;

import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.TransferSummary;
import dev.fairlead.testing.internal.http.FaultProxy;
import dev.fairlead.testing.server.MlflowServer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Transfers beside curl, against one real MLflow that keeps its files in a folder: a large file up and down in a JVM of 64 MiB, in turns with
 * curl; and 500 small files through a proxy that delays each call by 20 ms, one at a time and eight at a time.
 *
 * <p>Arguments: the size of the file in MiB (2048), and how many turns (3).
 */
public final class Artifacts {
    private static final int FILES = 500;

    private Artifacts() {}

    /** Runs the benchmark, or, told so, one transfer. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("transfer")) {
            transfer(args);
            return;
        }
        long size = (args.length > 0 ? Long.parseLong(args[0]) : 2048) << 20;
        int turns = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path folder = Files.createTempDirectory("fairlead-artifacts");
        try (MlflowServer server = MlflowServer.builder().start()) {
            large(server.uri(), folder, size, turns);
            tree(server.uri(), folder);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static MlflowClient client(URI server) {
        return MlflowClient.builder().trackingUri(server).build();
    }

    private static void large(URI server, Path folder, long size, int turns) throws Exception {
        Path file = folder.resolve("large.bin");
        byte[] block = new byte[1 << 20];
        new Random(1).nextBytes(block);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < size; written += block.length) {
                out.write(block);
            }
        }
        var run = client(server).runs().start(client(server).experiments().ensure("artifacts"));
        String url = server + "/api/2.0/mlflow-artifacts/artifacts"
                + run.artifacts().root().getPath();
        Path got = Files.createDirectories(folder.resolve("got"));
        double[] curlUp = new double[turns];
        double[] oursUp = new double[turns];
        double[] curlDown = new double[turns];
        double[] oursDown = new double[turns];
        for (int i = 0; i < turns; i++) {
            curlUp[i] = seconds(
                    "curl", "-sf", "-o", folder.resolve("answer").toString(), "-T", file.toString(), url + "/curl.bin");
            oursUp[i] = child("up", server, run.id(), file);
            curlDown[i] = seconds("curl", "-sf", "-o", got.resolve("curl.bin").toString(), url + "/curl.bin");
            oursDown[i] = child("down", server, run.id(), got);
        }
        if (Files.mismatch(file, got.resolve("large.bin")) >= 0) {
            throw new IllegalStateException("the file came back otherwise");
        }
        print("up", size, curlUp, oursUp);
        print("down", size, curlDown, oursDown);
    }

    private static void print(String what, long size, double[] curl, double[] ours) {
        double mib = size / (double) (1 << 20);
        double theirs = mib / median(curl);
        double mine = mib / median(ours);
        System.out.printf(
                Locale.ROOT,
                "%.0f MiB %s: curl %.0f MiB/s, Fairlead with -Xmx64m %.0f MiB/s (%.0f %%)%n",
                mib,
                what,
                theirs,
                mine,
                100 * mine / theirs);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double seconds(String... command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(command[0] + " ended with " + status);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Returns the seconds of the transfer itself; starting a JVM is not what is measured. */
    private static double child(String what, URI server, String runId, Path path) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Artifacts.class.getName(),
                "transfer",
                what,
                server.toString(),
                runId,
                path.toString()));
        Process process =
                new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the transfer failed: " + said);
        }
        String[] figures = said.strip().split(" ", -1);
        System.out.println("  " + what + " " + figures[0] + " s, peak heap " + figures[1] + " MiB");
        return Double.parseDouble(figures[0]);
    }

    private static void transfer(String[] args) {
        var artifacts = client(URI.create(args[2])).artifacts(args[3]);
        artifacts.root();
        long start = System.nanoTime();
        if (args[1].equals("up")) {
            artifacts.log(Path.of(args[4]), "");
        } else {
            artifacts.download("large.bin", Path.of(args[4]));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(Locale.ROOT, "%.2f %d%n", seconds, peak >> 20);
    }

    private static void tree(URI server, Path folder) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        for (int i = 0; i < FILES; i++) {
            Path file = tree.resolve("d" + i % 10).resolve("f" + i);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[10_000 + i]);
        }
        FaultProxy proxy = FaultProxy.to(server);
        try {
            proxy.faults().delayNext("*", Duration.ofMillis(20), Integer.MAX_VALUE);
            double[] one = tree(proxy.uri(), tree, folder.resolve("one"), 1);
            double[] eight = tree(proxy.uri(), tree, folder.resolve("eight"), 8);
            System.out.printf(
                    Locale.ROOT,
                    "%d files through a proxy with 20 ms delay: up %.1f s one at a time, %.1f s eight at a time (%.1f times faster);"
                            + " down %.1f s, %.1f s (%.1f times faster)%n",
                    FILES,
                    one[0],
                    eight[0],
                    one[0] / eight[0],
                    one[1],
                    eight[1],
                    one[1] / eight[1]);
        } finally {
            proxy.close();
        }
    }

    private static double[] tree(URI server, Path tree, Path target, int atOnce) {
        var artifacts = client(server)
                .runs()
                .start(client(server).experiments().ensure("artifacts"))
                .artifacts()
                .with(o -> o.parallelism(atOnce));
        long start = System.nanoTime();
        TransferSummary up = artifacts.logTree(tree, "tree");
        long middle = System.nanoTime();
        TransferSummary down = artifacts.downloadTree("tree", target);
        long end = System.nanoTime();
        if (up.files() != FILES || down.files() != FILES) {
            throw new IllegalStateException(up + " " + down);
        }
        return new double[] {(middle - start) / 1e9, (end - middle) / 1e9};
    }
}
