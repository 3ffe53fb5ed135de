package dev.fairlead.mlflow.internal.wire;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluation datasets and scorers on the wire; trees travel as JSON text. */
public final class EvaluationWire {
    private EvaluationWire() {}

    /** A dataset. */
    public record Dataset(
            @Nullable String datasetId,
            @Nullable String name,
            @Nullable String tags,
            @Nullable String schema,
            @Nullable String profile,
            @Nullable String digest,
            @Nullable Long createdTime,
            @Nullable Long lastUpdateTime) {}

    /** An answer that holds one dataset. */
    public record Single(Dataset dataset) {}

    /** Asks for a new dataset. */
    public record Create(String name, Collection<String> experimentIds, String tags) {}

    /** Asks for a page. */
    public record Search(
            Collection<String> experimentIds,
            String filterString,
            int maxResults,
            List<String> orderBy,
            @Nullable String pageToken) {}

    /** A page. */
    public record Page(
            @Nullable List<Dataset> datasets, @Nullable String nextPageToken) {}

    /** Names experiments. */
    public record Experiments(@Nullable Collection<String> experimentIds) {}

    /** Tags, as JSON. */
    public record Tags(String tags) {}

    /** Records, as JSON. */
    public record Records(
            @Nullable String records, @Nullable String nextPageToken) {}

    /** A record to be stored. */
    public record Put(
            Map<String, Object> inputs,
            @Nullable Map<String, Object> outputs,
            @Nullable Map<String, Object> expectations,
            @Nullable Map<String, String> tags,
            @Nullable Source source) {}

    /** Where a record comes from. */
    public record Source(String sourceType, Map<String, Object> sourceData) {}

    /** What became of records. */
    public record Stored(
            @Nullable Integer insertedCount, @Nullable Integer updatedCount) {}

    /** Names records. */
    public record RecordIds(Collection<String> datasetRecordIds) {}

    /** How many were deleted. */
    public record Deleted(@Nullable Integer deletedCount) {}

    /** A scorer. */
    public record Scorer(
            @Nullable String scorerId,
            @Nullable String experimentId,
            @Nullable String scorerName,
            @Nullable Integer scorerVersion,
            @Nullable String serializedScorer,
            @Nullable Long creationTime) {}

    /** An answer that holds one scorer. */
    public record SingleScorer(Scorer scorer) {}

    /** An answer that holds scorers. */
    public record Scorers(@Nullable List<Scorer> scorers) {}
}
