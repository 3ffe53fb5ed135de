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
            @Nullable Boolean hasImportErrors,
            @Nullable String lastParsedTime,
            @Nullable String description,
            @Nullable String relativeFileloc,
            @Nullable String timetableSummary,
            @Nullable String nextDagrunRunAfter,
            @Nullable List<Tag> tags,
            @Nullable String fileToken) {}

    public record Dags(@Nullable List<Dag> dags, @Nullable Integer totalEntries) {}

    public record Source(@Nullable String content) {}

    public record DagVersion(@Nullable Integer versionNumber) {}

    public record DagVersions(@Nullable List<DagVersion> dagVersions) {}

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
            @Nullable String queuedAt,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable Map<String, Object> conf,
            @Nullable String note) {}

    public record Runs(
            @Nullable List<Run> dagRuns, @Nullable Integer totalEntries) {}

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
            @Nullable String operator) {}

    public record Tasks(
            @Nullable List<Task> taskInstances, @Nullable Integer totalEntries) {}

    public record Log(@Nullable Object content, @Nullable String continuationToken) {}

    public record XCom(@Nullable Object value) {}
}
