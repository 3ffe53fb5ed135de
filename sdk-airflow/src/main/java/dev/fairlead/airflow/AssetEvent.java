package dev.fairlead.airflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is one update of an asset.
 *
 * @param id the server's number for it; 0 on Airflow 2
 * @param assetId the server's number of the asset
 * @param uri the asset's URI
 * @param at when it was
 * @param extra what was said with it
 * @param dagId the DAG that did it, or {@code null} where it was posted
 * @param runId the run that did it, or {@code null}
 * @param taskId the task that did it, or {@code null}
 * @param partition the key of the partition that was updated, or {@code null}
 * @param createdRuns the runs it started, as ids for {@link Runs#operation(String)}
 */
public record AssetEvent(
        int id,
        int assetId,
        String uri,
        Instant at,
        Map<String, Object> extra,
        @Nullable String dagId,
        @Nullable String runId,
        @Nullable String taskId,
        @Nullable String partition,
        List<String> createdRuns) {
    /** Copies the runs. */
    public AssetEvent {
        createdRuns = List.copyOf(createdRuns);
    }

    /** Returns the run that did it, as an id for {@link Runs#operation(String)}; empty where it was posted. */
    public Optional<String> source() {
        return dagId == null || runId == null ? Optional.empty() : Optional.of(dagId + "/" + runId);
    }

    /** Returns the key of the partition that was updated. */
    public Optional<String> partitionKey() {
        return Optional.ofNullable(partition);
    }
}
