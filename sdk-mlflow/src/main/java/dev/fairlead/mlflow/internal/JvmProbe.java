package dev.fairlead.mlflow.internal;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Measures this JVM; counts of garbage collection begin at the probe's making. */
final class JvmProbe {
    private static final double MEGA = 1e6;

    private final long collectionsAtStart = collections(GarbageCollectorMXBean::getCollectionCount);
    private final long millisAtStart = collections(GarbageCollectorMXBean::getCollectionTime);

    /** Returns the load of the machine from 0 to 1, or a negative number where this JVM cannot tell. */
    static double cpuLoad() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getCpuLoad()
                : -1;
    }

    Map<String, Double> read() {
        Map<String, Double> all = new LinkedHashMap<>();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        all.put("heap_used_megabytes", heap.getUsed() / MEGA);
        all.put("heap_committed_megabytes", heap.getCommitted() / MEGA);
        if (heap.getMax() > 0) {
            all.put("heap_usage_percentage", 100.0 * heap.getUsed() / heap.getMax());
        }
        all.put(
                "non_heap_used_megabytes",
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed() / MEGA);
        all.put("gc_collections", (double)
                (collections(GarbageCollectorMXBean::getCollectionCount) - collectionsAtStart));
        all.put("gc_seconds", (collections(GarbageCollectorMXBean::getCollectionTime) - millisAtStart) / 1e3);
        all.put("threads", (double) ManagementFactory.getThreadMXBean().getThreadCount());
        all.put("loaded_classes", (double)
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                && system.getProcessCpuLoad() >= 0) {
            all.put("cpu_utilization_percentage", system.getProcessCpuLoad() * 100);
        }
        return all;
    }

    private static long collections(ToLongFunction<GarbageCollectorMXBean> figure) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(figure)
                .filter(n -> n > 0)
                .sum();
    }
}
