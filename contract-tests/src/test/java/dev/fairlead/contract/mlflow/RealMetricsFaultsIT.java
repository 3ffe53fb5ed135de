package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.config.RetryPolicy;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.mlflow.MetricsUndeliveredException;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.support.LeakCheck;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.internal.http.FaultProxy;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.RealServers;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens to metrics when the network, this process or the server fails. A sample in every build, the whole with a campaign. */
@RanOn("mlflow 3.17.2")
@ExtendWith(LeakCheck.class)
class RealMetricsFaultsIT {
    private static final boolean FULL = "full".equals(System.getProperty("fairlead.campaign"));
    private static final int PER_METRIC = FULL ? 10_000 : 2_500;
    private static final Duration LONG = Duration.ofMinutes(60);

    @TempDir
    Path folder;

    private static MlflowClient client(URI uri) {
        return client(uri, 5);
    }

    private static MlflowClient client(URI uri, int attempts) {
        return MlflowClient.builder()
                .trackingUri(uri)
                .platform(p -> p.retry(new RetryPolicy(attempts, Duration.ofMillis(1), Duration.ofMillis(20), 500)))
                .build();
    }

    private static ActiveRun start(MlflowClient mlflow) {
        return mlflow.runs().start(mlflow.experiments().ensure(MlflowContract.unique("faults")));
    }

    /** Fails unless the metric has exactly the steps from zero on, once each; returns how many. */
    private static int rows(MlflowClient mlflow, String run, String key) {
        BitSet seen = new BitSet();
        int rows = 0;
        for (Metric metric : mlflow.runs().history(run, key)) {
            rows++;
            seen.set((int) metric.step());
            assertThat(metric.value()).isEqualTo(metric.step());
        }
        assertThat(seen.cardinality()).as("steps that are there").isEqualTo(rows);
        assertThat(seen.nextClearBit(0)).as("steps in a row").isEqualTo(rows);
        return rows;
    }

    @Test
    @Proves("mlflow.metrics.exactly-once")
    void log_nearlyAThirdOfTheRepliesLost_rowsAreExact() {
        int points = FULL ? 1_000_000 : 5_000;
        URI server = RealServers.mlflow().uri();
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.faults().dropSomeReplies("runs/log-batch", 0.3, 7);
            ActiveRun run = start(client(proxy.uri()));
            MetricLogger metrics = run.metrics(
                    o -> o.flushSize(FULL ? 1000 : 100).closeDeadline(LONG).giveUpAfter(LONG));

            // not all in one metric: to take a repeat the server reads all that the metric has
            for (int i = 0; i < points; i++) {
                metrics.log("loss" + i / PER_METRIC, i % PER_METRIC, i % PER_METRIC);
            }
            run.finish();

            assertThat(proxy.journal().of("runs/log-batch").size()).isGreaterThan(points / (FULL ? 1000 : 100) * 5 / 4);
            for (int metric = 0; metric < points / PER_METRIC; metric++) {
                assertThat(rows(client(server), run.id(), "loss" + metric)).isEqualTo(PER_METRIC);
            }
            assertThat(run.get().metrics()).hasSize(points / PER_METRIC);
            assertThat(run.get().status()).isEqualTo(RunStatus.FINISHED);
        }
    }

    @Test
    @Proves("mlflow.metrics.spool.killed")
    void log_processKilledTwice_whatWasAcknowledgedIsThereOnce() throws Exception {
        int kills = FULL ? 10 : 2;
        int points = FULL ? 50_000 : 3_000;
        URI server = RealServers.mlflow().uri();
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.faults().dropSomeReplies("runs/log-batch", 0.3, 3);
            String run = start(client(server)).id();
            List<Integer> acknowledged = new ArrayList<>();
            for (int kill = 0; kill < kills; kill++) {
                Process writer = writer(proxy.uri(), run, folder.toString(), "loss" + kill, points, "finish");
                acknowledged.add(killAfter(writer, points / 2));
            }
            Process last = writer(proxy.uri(), run, folder.toString(), "last", 100, "finish");
            readAll(last);
            assertThat(last.waitFor()).isZero();

            MlflowClient mlflow = client(server);
            for (int kill = 0; kill < kills; kill++) {
                assertThat(rows(mlflow, run, "loss" + kill)).isGreaterThanOrEqualTo(acknowledged.get(kill) + 1);
            }
            assertThat(rows(mlflow, run, "last")).isEqualTo(100);
            assertThat(mlflow.runs().get(run).status()).isEqualTo(RunStatus.FINISHED);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    @Proves("mlflow.metrics.shutdown")
    void log_programEndsWithoutClosing_isDeliveredAtItsEnd() throws Exception {
        URI server = RealServers.mlflow().uri();
        String run = start(client(server)).id();

        Process writer = writer(server, run, "-", "loss", 50, "forget");
        readAll(writer);
        assertThat(writer.waitFor()).isZero();

        assertThat(rows(client(server), run, "loss")).isEqualTo(50);
    }

    @Test
    @Proves({"mlflow.metrics.outage", "mlflow.metrics.undelivered"})
    void log_serverKilledAndStartedAgain_rowsAreExactOrNamed() {
        RealServers.mlflow(); // skips where none can run
        int points = FULL ? 100_000 : 6_000;
        MlflowServer first = MlflowServer.builder().directory(folder).start();
        // one attempt a call, so that the breakers stay closed and nobody waits for them
        MlflowClient mlflow = client(first.uri(), 1);
        ActiveRun run = start(mlflow);
        ActiveRun hasty = start(client(first.uri(), 1));
        MetricLogger metrics = run.metrics(o -> o.flushSize(250));
        MetricLogger little = hasty.metrics(
                o -> o.flushSize(10).giveUpAfter(Duration.ofSeconds(1)).closeDeadline(Duration.ofSeconds(3)));
        little.log("loss", 0, 0).flush(LONG);
        for (int i = 0; i < points; i++) {
            metrics.log("loss", i, i);
        }
        while (metrics.stats().delivered() < points / 2) {
            Thread.onSpinWait();
        }

        first.kill();
        little.logSeries("loss", new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 1);
        MetricsUndeliveredException missing = catchThrowableOfType(MetricsUndeliveredException.class, little::close);
        try (MlflowServer again = MlflowServer.builder()
                .directory(folder)
                .port(first.uri().getPort())
                .start()) {
            run.finish();

            assertThat(again.uri()).isEqualTo(first.uri());
            assertThat(rows(mlflow, run.id(), "loss")).isEqualTo(points);
            assertThat(missing)
                    .hasMessageContaining("11 metric values are not confirmed as stored (loss: 11 in steps 1 to 11)")
                    .hasMessageContaining("can be logged again without a second row");
            assertThat(missing.points())
                    .extracting(Metric::step)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 11).mapToObj(i -> (long) i).toList());
            // the breaker of the hasty client may be open still
            client(first.uri(), 1)
                    .runs()
                    .resume(hasty.id())
                    .logMetrics(missing.points())
                    .finish();
            assertThat(rows(mlflow, hasty.id(), "loss")).isEqualTo(12);
        }
    }

    private static Process writer(URI uri, String run, String spool, String key, int count, String end)
            throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path")
                                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                        MetricsWriter.class.getName(),
                        uri.toString(),
                        run,
                        spool,
                        key,
                        String.valueOf(count),
                        end))
                .redirectErrorStream(true)
                .start();
    }

    /** Kills the process once it has logged so many; returns the last step it said it had logged. */
    private static int killAfter(Process process, int step) throws Exception {
        int last = -1;
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.matches("\\d+")) {
                last = Integer.parseInt(line);
            }
            if (last == step) {
                process.toHandle().destroyForcibly();
            }
        }
        process.waitFor();
        assertThat(last).isGreaterThanOrEqualTo(step);
        return last;
    }

    private static void readAll(Process process) throws IOException {
        process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }
}
