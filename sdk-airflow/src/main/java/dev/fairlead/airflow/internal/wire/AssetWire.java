package dev.fairlead.airflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assets, and the datasets of Airflow 2. */
public final class AssetWire {
    private AssetWire() {}

    public record Reference(
            @Nullable String dagId, @Nullable String taskId) {}

    public record Alias(
            @Nullable Integer id,
            @Nullable String name,
            @Nullable String group) {}

    public record Aliases(
            @Nullable List<Alias> assetAliases, @Nullable Integer totalEntries) {}

    public record LastEvent(@Nullable String timestamp) {}

    public record Asset(
            @Nullable Integer id,
            @Nullable String name,
            @Nullable String uri,
            @Nullable String group,
            @Nullable Map<String, Object> extra,
            @Nullable List<Reference> scheduledDags,
            @Nullable List<Reference> consumingDags,
            @Nullable List<Reference> producingTasks,
            @Nullable List<Reference> consumingTasks,
            @Nullable List<Alias> aliases,
            @Nullable LastEvent lastAssetEvent) {}

    public record Assets(
            @Nullable List<Asset> assets,
            @Nullable List<Asset> datasets,
            @Nullable Integer totalEntries) {}

    public record Run(
            @Nullable String dagId,
            @Nullable String runId,
            @Nullable String dagRunId) {}

    public record Event(
            @Nullable Integer id,
            @Nullable Integer assetId,
            @Nullable Integer datasetId,
            @Nullable String uri,
            @Nullable String datasetUri,
            @Nullable String timestamp,
            @Nullable Map<String, Object> extra,
            @Nullable String sourceDagId,
            @Nullable String sourceRunId,
            @Nullable String sourceTaskId,
            @Nullable String partitionKey,
            @Nullable List<Run> createdDagruns) {}

    public record Events(
            @Nullable List<Event> assetEvents,
            @Nullable List<Event> datasetEvents,
            @Nullable Integer totalEntries) {}

    public record Queued(
            @Nullable String dagId,
            @Nullable Integer assetId,
            @Nullable String uri,
            @Nullable String createdAt) {}

    public record QueuedEvents(
            @Nullable List<Queued> queuedEvents, @Nullable Integer totalEntries) {}
}
