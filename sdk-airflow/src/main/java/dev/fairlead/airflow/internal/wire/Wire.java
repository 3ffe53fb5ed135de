package dev.fairlead.airflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of REST API v2, named as on the wire in snake case. */
public final class Wire {
    private Wire() {}

    public record Version(@Nullable String version) {}

    public record Tag(@Nullable String name) {}

    public record Dag(
            @Nullable String dagId,
            @Nullable Boolean isPaused,
            @Nullable Boolean isStale,
            @Nullable Boolean isActive,
            @Nullable Boolean hasImportErrors,
            @Nullable String lastParsedTime,
            @Nullable String description,
            @Nullable String relativeFileloc,
            @Nullable String fileloc,
            @Nullable String timetableSummary,
            @Nullable String timetableDescription,
            @Nullable String nextDagrunRunAfter,
            @Nullable String nextDagrunCreateAfter,
            @Nullable List<Tag> tags,
            @Nullable String fileToken) {}

    public record Dags(@Nullable List<Dag> dags, @Nullable Integer totalEntries) {}

    public record Source(@Nullable String content) {}

    /** What the server works by, as against the file it read last. */
    public record DagDetails(@Nullable Map<String, Object> defaultArgs) {}

    public record DagVersion(
            @Nullable Integer versionNumber,
            @Nullable String bundleName,
            @Nullable String bundleVersion,
            @Nullable String createdAt) {}

    public record DagVersions(
            @Nullable List<DagVersion> dagVersions,
            @Nullable Integer totalEntries) {}

    public record ImportError(
            @Nullable String filename,
            @Nullable String stackTrace,
            @Nullable String timestamp) {}

    public record ImportErrors(
            @Nullable List<ImportError> importErrors,
            @Nullable Integer totalEntries) {}

    public record Run(
            @Nullable String dagId,
            @Nullable String dagRunId,
            @Nullable String state,
            @Nullable String runType,
            @Nullable String logicalDate,
            @Nullable String runAfter,
            @Nullable String dataIntervalStart,
            @Nullable String dataIntervalEnd,
            @Nullable String triggeredBy,
            @Nullable String triggeringUserName,
            @Nullable List<DagVersion> dagVersions,
            @Nullable String queuedAt,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable Map<String, Object> conf,
            @Nullable String note,
            @Nullable String partitionKey) {}

    public record Runs(
            @Nullable List<Run> dagRuns,
            @Nullable Integer totalEntries,
            @Nullable String nextCursor) {}

    /** A line of the stream of a run's states. */
    public record Waited(@Nullable String state) {}

    public record Task(
            @Nullable String dagId,
            @Nullable String dagRunId,
            @Nullable String taskId,
            @Nullable Integer mapIndex,
            @Nullable String state,
            @Nullable Integer tryNumber,
            @Nullable Integer maxTries,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable String operatorName,
            @Nullable String operator,
            @Nullable String note,
            @Nullable String pool,
            @Nullable String queue,
            @Nullable String hostname,
            @Nullable String renderedMapIndex) {}

    public record Tasks(
            @Nullable List<Task> taskInstances,
            @Nullable Integer totalEntries,
            @Nullable String nextCursor) {}

    /** What forgetting a partition changed. */
    public record Cleared(@Nullable Integer dagRunsCleared) {}

    public record XComRef(
            @Nullable String key,
            @Nullable String taskId,
            @Nullable Integer mapIndex) {}

    public record XComs(
            @Nullable List<XComRef> xcomEntries, @Nullable Integer totalEntries) {}

    public record XCom(@Nullable Object value) {}
}
