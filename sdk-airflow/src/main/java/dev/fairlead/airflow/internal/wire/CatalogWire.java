package dev.fairlead.airflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks of DAGs, and outputs. */
public final class CatalogWire {
    private CatalogWire() {}

    public record Delta(
            @Nullable Integer days,
            @Nullable Integer seconds,
            @Nullable Integer microseconds) {}

    public record ClassRef(
            @Nullable String modulePath, @Nullable String className) {}

    public record Task(
            @Nullable String taskId,
            @Nullable String operatorName,
            @Nullable ClassRef classRef,
            @Nullable List<String> downstreamTaskIds,
            @Nullable String triggerRule,
            @Nullable Double retries,
            @Nullable Delta retryDelay,
            @Nullable Delta executionTimeout,
            @Nullable String pool,
            @Nullable Double poolSlots,
            @Nullable String queue,
            @Nullable Double priorityWeight,
            @Nullable Boolean isMapped) {}

    public record Tasks(@Nullable List<Task> tasks) {}

    public record Tags(
            @Nullable List<String> tags, @Nullable Integer totalEntries) {}

    public record Links(@Nullable Map<String, Object> extraLinks) {}

    public record Address(@Nullable String url) {}

    public record Blocker(@Nullable String name, @Nullable String reason) {}

    public record Blockers(@Nullable List<Blocker> dependencies) {}

    public record XCom(
            @Nullable String key,
            @Nullable String timestamp,
            @Nullable Integer mapIndex,
            @Nullable String taskId,
            @Nullable String dagId,
            @Nullable String runId) {}

    public record XComs(
            @Nullable List<XCom> xcomEntries, @Nullable Integer totalEntries) {}
}
