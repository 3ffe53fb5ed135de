package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Experiments on the wire. */
public final class ExperimentWire {
    private ExperimentWire() {}

    /** An experiment. */
    public record Body(
            String experimentId,
            @Nullable String name,
            @Nullable String artifactLocation,
            @Nullable String lifecycleStage,
            @Nullable Long lastUpdateTime,
            @Nullable Long creationTime,
            @Nullable List<KeyValue> tags) {}

    /** An answer that holds one experiment. */
    public record Single(Body experiment) {}

    /** Asks for a new experiment. */
    public record Create(
            String name,
            @Nullable String artifactLocation,
            @Nullable List<KeyValue> tags) {}

    /** Names an experiment; also the answer to a creation. */
    public record Id(String experimentId) {}

    /** Sets a tag. */
    public record SetTag(String experimentId, String key, String value) {}

    /** Removes a tag. */
    public record DeleteTag(String experimentId, String key) {}

    /** Renames an experiment. */
    public record Update(String experimentId, String newName) {}

    /** Asks for a page; the server insists on {@code maxResults}. */
    public record Search(
            int maxResults,
            @Nullable String pageToken,
            @Nullable String filter,
            @Nullable List<String> orderBy,
            String viewType) {}

    /** A page. */
    public record Page(
            @Nullable List<Body> experiments, @Nullable String nextPageToken) {}
}
