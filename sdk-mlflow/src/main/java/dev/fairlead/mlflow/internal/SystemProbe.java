package dev.fairlead.mlflow.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures the machine, in the words and units of MLflow's Python client. What the system does not tell is left out: memory and network are
 * read from {@code /proc}.
 */
final class SystemProbe {
    private static final double MEGA = 1e6;

    private final Path proc;
    private final Path disk;
    private final DoubleSupplier cpuLoad;
    private final double @Nullable [] networkAtStart;

    /** Creates a probe; {@code cpuLoad} gives the load of the machine from 0 to 1, or a negative number. */
    SystemProbe(Path proc, Path disk, DoubleSupplier cpuLoad) {
        this.proc = proc;
        this.disk = disk;
        this.cpuLoad = cpuLoad;
        this.networkAtStart = network();
    }

    Map<String, Double> read() {
        Map<String, Double> all = new LinkedHashMap<>();
        double load = cpuLoad.getAsDouble();
        if (load >= 0) {
            all.put("cpu_utilization_percentage", load * 100);
        }
        memory(all);
        disk(all);
        double[] now = network();
        if (networkAtStart != null && now != null) {
            all.put("network_receive_megabytes", (now[0] - networkAtStart[0]) / MEGA);
            all.put("network_transmit_megabytes", (now[1] - networkAtStart[1]) / MEGA);
        }
        return all;
    }

    private void memory(Map<String, Double> all) {
        Map<String, Double> kilobytes = new LinkedHashMap<>();
        for (String line : lines("meminfo")) {
            String[] parts = line.trim().split("[:\\s]+", -1);
            if (parts.length >= 2) {
                number(parts[1]).ifPresent(n -> kilobytes.put(parts[0], n));
            }
        }
        Double total = kilobytes.get("MemTotal");
        Double available = kilobytes.get("MemAvailable");
        if (total != null && available != null) {
            double used = (total - available) * 1024;
            all.put("system_memory_usage_megabytes", used / MEGA);
            all.put("system_memory_usage_percentage", used / (total * 1024) * 100);
        }
    }

    private void disk(Map<String, Double> all) {
        try {
            FileStore store = Files.getFileStore(disk);
            double used = (double) store.getTotalSpace() - store.getUnallocatedSpace();
            double free = store.getUsableSpace();
            all.put("disk_usage_percentage", used + free > 0 ? used / (used + free) * 100 : 0);
            all.put("disk_usage_megabytes", used / MEGA);
            all.put("disk_available_megabytes", free / MEGA);
        } catch (IOException e) {
            // a machine that does not tell is not an error of the run
        }
    }

    /** Returns the bytes received and sent since the machine was started, all interfaces together. */
    private double @Nullable [] network() {
        double[] sums = null;
        for (String line : lines("net/dev")) {
            int colon = line.indexOf(':');
            String[] parts = line.substring(colon + 1).trim().split("\\s+", -1);
            if (colon > 0 && parts.length > 8) {
                sums = sums == null ? new double[2] : sums;
                sums[0] += number(parts[0]).orElse(0.0);
                sums[1] += number(parts[8]).orElse(0.0);
            }
        }
        return sums;
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(proc.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
