package dev.fairlead.mlflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.mlflow.SystemMetricsOptions;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemProbeTest {
    @TempDir
    Path proc;

    private void network(long received, long sent) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/dev"), """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo: 1000000 1 0 0 0 0 0 0 1000000 1 0 0 0 0 0 0
                  eth0:%d 1 0 0 0 0 0 0 %d 1 0 0 0 0 0 0
                """.formatted(received, sent));
    }

    @Test
    @Proves("mlflow.system-metrics")
    void read_asTheSystemTells_inPythonsUnits() throws IOException {
        Files.writeString(proc.resolve("meminfo"), """
                MemTotal:        4000000 kB
                MemFree:          100000 kB
                MemAvailable:    3000000 kB
                """);
        network(5_000_000, 7_000_000);
        SystemProbe probe = new SystemProbe(proc, proc, () -> 0.25);
        network(6_500_000, 7_250_000);

        Map<String, Double> read = probe.read();

        assertThat(read.get("cpu_utilization_percentage")).isEqualTo(25);
        assertThat(read.get("system_memory_usage_megabytes")).isEqualTo(1024);
        assertThat(read.get("system_memory_usage_percentage")).isEqualTo(25);
        assertThat(read.get("network_receive_megabytes")).isEqualTo(1.5, within(1e-9));
        assertThat(read.get("network_transmit_megabytes")).isEqualTo(0.25, within(1e-9));
        assertThat(read.get("disk_usage_percentage")).isBetween(0.0, 100.0);
    }

    @Test
    void read_whatTheSystemDoesNotTell_isLeftOut() {
        assertThat(new SystemProbe(proc.resolve("none"), proc, () -> -1).read())
                .containsOnlyKeys("disk_usage_percentage", "disk_usage_megabytes", "disk_available_megabytes");
    }

    @Test
    void start_samplesAtOnceAndAfterEachIntervalUntilClosed() throws Exception {
        ManualClock clock = new ManualClock();
        CountDownLatch three = new CountDownLatch(3);
        List<Map<String, Double>> logged = new CopyOnWriteArrayList<>();
        List<Long> steps = new CopyOnWriteArrayList<>();
        MetricLogger logger = (MetricLogger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MetricLogger.class}, (proxy, method, arguments) -> {
                    @SuppressWarnings("unchecked")
                    Map<String, Double> values = (Map<String, Double>) arguments[0];
                    logged.add(values);
                    steps.add((Long) arguments[1]);
                    three.countDown();
                    return proxy;
                });
        SystemSampler sampler = new SystemSampler(
                logger,
                SystemMetricsOptions.builder()
                        .interval(Duration.ofSeconds(7))
                        .nodeId("n1")
                        .build(),
                duration -> {
                    if (three.getCount() == 0) {
                        throw new InterruptedException();
                    }
                    clock.sleep(duration);
                },
                new SystemProbe(proc, proc, () -> 0.5),
                40);

        sampler.start();
        assertThat(three.await(10, TimeUnit.SECONDS)).isTrue();
        sampler.close();

        assertThat(steps).startsWith(40L, 41L, 42L);
        assertThat(clock.sleeps()).allMatch(Duration.ofSeconds(7)::equals).hasSizeGreaterThanOrEqualTo(2);
        assertThat(logged.get(0))
                .containsEntry("system/n1/cpu_utilization_percentage", 50.0)
                .containsKeys("system/n1/jvm/heap_used_megabytes", "system/n1/jvm/gc_seconds");
    }
}
