package dev.fairlead.mlflow;

/**
 * Logs how busy this machine and this JVM are, as metrics of a run. Keys and units are those of Python's client ({@code
 * system/cpu_utilization_percentage}, {@code system/system_memory_usage_megabytes}, {@code system/disk_usage_percentage}, {@code
 * system/network_receive_megabytes}, …), so that the server's page shows them; {@code system/jvm/…} is this JVM's heap, garbage collection,
 * threads and processor use. Thread-safe. Made by {@link ActiveRun#systemMetrics()}; ends with the run.
 */
public interface SystemMetrics extends AutoCloseable {
    /** Takes one sample now, besides the regular ones. */
    void sample();

    /** Ends the sampling; what was sampled is still delivered. */
    @Override
    void close();
}
