package dev.fairlead.airflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is an asset as the server knows it from the DAGs that name it; a dataset of Airflow 2.
 *
 * @param id the server's number for it
 * @param name the name; that of a dataset is its URI
 * @param uri the URI
 * @param group the group; empty for a dataset
 * @param extra what its declaration says beside
 * @param scheduledDags the DAGs that are scheduled by it
 * @param producingTasks the tasks that write it
 * @param consumingTasks the tasks that read it
 * @param aliases the aliases it was reached by
 * @param lastEvent when it was updated last, or {@code null}; always on Airflow 2
 */
public record AssetInfo(
        int id,
        String name,
        String uri,
        String group,
        Map<String, Object> extra,
        List<String> scheduledDags,
        List<AssetTask> producingTasks,
        List<AssetTask> consumingTasks,
        List<String> aliases,
        @Nullable Instant lastEvent) {
    /** Copies the lists. */
    public AssetInfo {
        scheduledDags = List.copyOf(scheduledDags);
        producingTasks = List.copyOf(producingTasks);
        consumingTasks = List.copyOf(consumingTasks);
        aliases = List.copyOf(aliases);
    }

    /** Returns when it was updated last. */
    public Optional<Instant> updatedAt() {
        return Optional.ofNullable(lastEvent);
    }

    @Override
    public String toString() {
        return "AssetInfo[" + name + (name.equals(uri) ? "" : ", " + uri) + "]";
    }
}
