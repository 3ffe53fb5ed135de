package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model registry on the wire. */
public final class ModelWire {
    private ModelWire() {}

    /** A registered model. */
    public record Body(
            String name,
            @Nullable String description,
            @Nullable Long creationTimestamp,
            @Nullable Long lastUpdatedTimestamp,
            @Nullable List<KeyValue> tags,
            @Nullable List<Alias> aliases) {}

    /** An alias and the version it points at. */
    public record Alias(String alias, String version) {}

    /** A version. */
    public record Version(
            String name,
            String version,
            @Nullable Long creationTimestamp,
            @Nullable Long lastUpdatedTimestamp,
            @Nullable String currentStage,
            @Nullable String description,
            @Nullable String source,
            @Nullable String runId,
            @Nullable String status,
            @Nullable String statusMessage,
            @Nullable List<KeyValue> tags,
            @Nullable List<String> aliases) {}

    /** An answer that holds one registered model. */
    public record Single(Body registeredModel) {}

    /** An answer that holds one version. */
    public record SingleVersion(Version modelVersion) {}

    /** Asks for a new registered model. */
    public record Create(
            String name,
            @Nullable String description,
            @Nullable List<KeyValue> tags) {}

    /** Names a registered model. */
    public record Name(String name) {}

    /** Asks for a new version. */
    public record CreateVersion(
            String name,
            String source,
            @Nullable String runId,
            @Nullable String modelId,
            @Nullable String description,
            List<KeyValue> tags) {}

    /** Renames a registered model. */
    public record Rename(String name, String newName) {}

    /** Changes a registered model. */
    public record Update(String name, String description) {}

    /** Sets a tag of a registered model. */
    public record SetTag(String name, String key, String value) {}

    /** Names a tag of a registered model. */
    public record TagId(String name, String key) {}

    /** Changes a version. */
    public record UpdateVersion(String name, String version, String description) {}

    /** Names a tag of a version. */
    public record VersionTagId(String name, String version, String key) {}

    /** Moves a version to a stage. */
    public record Transition(String name, String version, String stage, boolean archiveExistingVersions) {}

    /** Asks for the newest version in each stage. */
    public record Latest(String name, List<String> stages) {}

    /** Some versions. */
    public record Versions(@Nullable List<Version> modelVersions) {}

    /** Names a version. */
    public record VersionId(String name, String version) {}

    /** Sets an alias. */
    public record SetAlias(String name, String alias, String version) {}

    /** Names an alias. */
    public record AliasId(String name, String alias) {}

    /** Sets a tag of a version. */
    public record SetVersionTag(String name, String version, String key, String value) {}

    /** A page of registered models. */
    public record Page(
            @Nullable List<Body> registeredModels, @Nullable String nextPageToken) {}

    /** A page of versions. */
    public record VersionPage(
            @Nullable List<Version> modelVersions, @Nullable String nextPageToken) {}

    /** Where a version's files are. */
    public record DownloadUri(@Nullable String artifactUri) {}
}
