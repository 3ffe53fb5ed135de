package dev.fairlead.airflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backfills. */
public final class BackfillWire {
    private BackfillWire() {}

    public record Backfill(
            @Nullable Integer id,
            @Nullable String dagId,
            @Nullable String fromDate,
            @Nullable String toDate,
            @Nullable Map<String, Object> dagRunConf,
            @Nullable Boolean isPaused,
            @Nullable String reprocessBehavior,
            @Nullable Integer maxActiveRuns,
            @Nullable String createdAt,
            @Nullable String completedAt) {}

    public record Backfills(
            @Nullable List<Backfill> backfills, @Nullable Integer totalEntries) {}

    public record Planned(
            @Nullable String logicalDate, @Nullable String partitionKey) {}

    public record Plan(@Nullable List<Planned> backfills) {}
}
