package dev.fairlead.airflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a server is, what it has, and what was done to it. */
public final class MonitorWire {
    private MonitorWire() {}

    public record Health(
            @Nullable Part metadatabase,
            @Nullable Part scheduler,
            @Nullable Part triggerer,
            @Nullable Part dagProcessor) {}

    public record Part(
            @Nullable String status,
            @Nullable String latestSchedulerHeartbeat,
            @Nullable String latestTriggererHeartbeat,
            @Nullable String latestDagProcessorHeartbeat) {}

    public record Provider(
            @Nullable String packageName,
            @Nullable String version,
            @Nullable String description) {}

    public record Providers(
            @Nullable List<Provider> providers, @Nullable Integer totalEntries) {}

    public record Plugins(
            @Nullable List<Map<String, Object>> plugins,
            @Nullable Integer totalEntries) {}

    public record PluginProblem(
            @Nullable String source, @Nullable String error) {}

    public record PluginProblems(@Nullable List<PluginProblem> importErrors) {}

    public record Config(@Nullable List<Section> sections) {}

    public record Section(@Nullable String name, @Nullable List<Option> options) {}

    public record Option(@Nullable String key, @Nullable Object value) {}

    public record Job(
            @Nullable Integer id,
            @Nullable String jobType,
            @Nullable String state,
            @Nullable String hostname,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable String latestHeartbeat) {}

    public record Jobs(@Nullable List<Job> jobs, @Nullable Integer totalEntries) {}

    public record Event(
            @Nullable Integer eventLogId,
            @Nullable String when,
            @Nullable String event,
            @Nullable String owner,
            @Nullable String dagId,
            @Nullable String runId,
            @Nullable String taskId,
            @Nullable String extra) {}

    public record Events(
            @Nullable List<Event> eventLogs, @Nullable Integer totalEntries) {}

    public record Stats(@Nullable List<DagStats> dags) {}

    public record DagStats(@Nullable String dagId, @Nullable List<StateCount> stats) {}

    public record StateCount(
            @Nullable String state, @Nullable Integer count) {}

    public record Warning(
            @Nullable String dagId,
            @Nullable String warningType,
            @Nullable String message,
            @Nullable String timestamp) {}

    public record Warnings(
            @Nullable List<Warning> dagWarnings, @Nullable Integer totalEntries) {}
}
