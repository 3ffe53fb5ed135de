package dev.fairlead.mlflow;

import dev.fairlead.ModelSource;
import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** Registers, finds and points at models. Immutable and thread-safe. */
public interface Models {
    /**
     * Reads a registered model.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    RegisteredModel get(String name);

    /** Reads a registered model, if there is one. */
    Optional<RegisteredModel> find(String name);

    /** Returns the registered model of this name, and makes it where there is none. */
    RegisteredModel ensure(String name);

    /** Lists registered models. */
    default PagedIterable<RegisteredModel> list() {
        return search(Filter.ALL);
    }

    /** Searches registered models by {@code name} and tags. */
    PagedIterable<RegisteredModel> search(Filter filter);

    /** Deletes a registered model with all its versions, for good; their files stay. Returns whether it was there. */
    boolean delete(String name);

    /** Registers a version of a model where it lies; see {@link #register(String, Consumer)}. */
    default Operation<ModelVersion> register(String name, ModelUri source) {
        return register(name, spec -> spec.source(source));
    }

    /**
     * Registers a version of a model, and the model itself where there is none. A lost answer never makes a second version. With
     * {@link RegisterSpec.Builder#key} a version that was registered before under this key is returned, also in another process.
     *
     * @return the registration, whose id is {@code name/version}
     */
    Operation<ModelVersion> register(String name, Consumer<RegisterSpec.Builder> spec);

    /** Takes up a registration by its id {@code name/version}, in any process. */
    Operation<ModelVersion> operation(String id);

    /** Lists the versions of a model, newest first. */
    PagedIterable<ModelVersion> versions(String name);

    /** Searches versions of all models by {@code name}, {@code run_id}, {@code source_path} and tags. */
    PagedIterable<ModelVersion> searchVersions(Filter filter);

    /**
     * Reads the version a reference names.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     * @throws dev.fairlead.error.InvalidValueException if it names no registered version
     */
    ModelVersion version(ModelUri reference);

    /** Reads a version. */
    default ModelVersion version(String name, String version) {
        return version(ModelUri.version(name, version));
    }

    /** Sets a tag of a version. */
    void setVersionTag(String name, String version, String key, String value);

    /** Deletes a version; its files stay. Returns whether it was there. */
    boolean deleteVersion(String name, String version);

    /** Points an alias at a version; it may have pointed at another before. */
    void setAlias(String name, String alias, String version);

    /** Reads the version an alias points at, if there is such an alias. */
    Optional<ModelVersion> findByAlias(String name, String alias);

    /** Removes an alias; does nothing where there is none. */
    void deleteAlias(String name, String alias);

    /**
     * Finds out where a cluster reads a model from, and what it is.
     *
     * @param reference {@code name@alias}, {@code name/version}, or any other form of {@link ModelUri}
     * @throws UnsupportedArtifactStoreException if the model lies where a cluster cannot read it, such as behind the tracking server
     *     ({@code mlflow-artifacts:}) or in a local folder ({@code file:}), and no {@link #artifactRoot} tells where that is
     */
    default ModelSource resolve(String reference) {
        return resolve(ModelUri.parse(reference));
    }

    /** Finds out where a cluster reads a model from; see {@link #resolve(String)}. */
    ModelSource resolve(ModelUri reference);

    /**
     * Returns a view that knows where the server keeps the artifacts it hands out itself: the address given to it as
     * {@code --artifacts-destination}, such as {@code s3://mlflow}. The setting is {@code mlflow.artifact-root}.
     */
    Models artifactRoot(URI root);
}
