package dev.fairlead.mlflow;

import dev.fairlead.ModelSource;
import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /**
     * Makes a registered model.
     *
     * <p>When the answer is lost it is looked for by its name, which somebody else may have taken in that moment: then theirs is returned.
     *
     * @throws dev.fairlead.error.ConflictException if the name is taken
     */
    RegisteredModel create(String name, Consumer<RegisteredModelSpec.Builder> spec);

    /**
     * Gives a registered model, with its versions, tags and aliases, another name.
     *
     * @throws dev.fairlead.error.ConflictException if the name is taken
     */
    RegisteredModel rename(String name, String newName);

    /** Sets what a registered model is about; empty text removes it. */
    RegisteredModel describe(String name, String description);

    /** Sets a tag of a registered model; one that exists is overwritten. */
    void setTag(String name, String key, String value);

    /** Removes a tag of a registered model; does nothing where it has none. */
    void deleteTag(String name, String key);

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
     * <p>Where the server ends a lost attempt after it was looked for, the younger of both versions is deleted again; one that ends after this
     * method has returned stays, and carries the same {@link RegisterSpec#KEY_TAG}.
     *
     * @return the registration, whose id is {@code name/version}
     */
    Operation<ModelVersion> register(String name, Consumer<RegisterSpec.Builder> spec);

    /**
     * Makes a version of another model of a version, and that model itself where there is none: its files are not copied, its tags,
     * description and run are. A lost answer never makes a second copy.
     */
    default Operation<ModelVersion> copy(ModelVersion version, String toName) {
        return register(toName, spec -> {
            spec.source(version.uri()).description(version.description());
            version.runId().ifPresent(spec::runId);
            version.tags().forEach((key, value) -> {
                if (!key.equals(RegisterSpec.KEY_TAG)) {
                    spec.putTag(key, value);
                }
            });
        });
    }

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

    /** Sets what a version is about; empty text removes it. */
    ModelVersion describeVersion(String name, String version, String description);

    /** Sets a tag of a version; one that exists is overwritten. */
    void setVersionTag(String name, String version, String key, String value);

    /** Removes a tag of a version; does nothing where it has none. */
    void deleteVersionTag(String name, String version, String key);

    /**
     * Moves a version to a stage: {@code Staging}, {@code Production}, {@code Archived} or {@code None}.
     *
     * @param archiveOthers whether the versions that are there now are archived
     * @deprecated MLflow gave stages up in 2.9 and will remove them: use {@link #promote}
     */
    @Deprecated
    ModelVersion transition(String name, String version, String stage, boolean archiveOthers);

    /**
     * Reads the newest version in each of these stages, or in each stage there is.
     *
     * @deprecated MLflow gave stages up in 2.9 and will remove them: use {@link #findByAlias}
     */
    @Deprecated
    List<ModelVersion> latestVersions(String name, String... stages);

    /** Deletes a version; its files stay. Returns whether it was there. */
    boolean deleteVersion(String name, String version);

    /**
     * Opens a file of a version, from whatever store the server can read; the caller closes the stream.
     *
     * @param path its path in the model's folder, such as {@code MLmodel}
     * @throws dev.fairlead.error.NotFoundException if there is no such version or file; MLflow 2 answers a missing file with a status of
     *     500 and no reason, which is a {@link dev.fairlead.error.ServiceException}
     */
    InputStream open(ModelVersion version, String path);

    /** Points an alias at a version; it may have pointed at another before. */
    void setAlias(String name, String alias, String version);

    /** Reads the version an alias points at, if there is such an alias. */
    Optional<ModelVersion> findByAlias(String name, String alias);

    /**
     * Points an alias at a version, unless somebody else moves it at the same time: the promoter that comes too late is told who won. It
     * starts from where the alias points now; see {@link #promote(String, String, String, String)}.
     */
    default Promotion promote(String name, String alias, String version) {
        var unused = ModelUri.alias(name, alias); // a check
        return promote(
                name,
                alias,
                version,
                findByAlias(name, alias).map(ModelVersion::version).orElse(null));
    }

    /**
     * Points an alias at a version if it still points at the one that is expected.
     *
     * <p>MLflow has no such call, so promoters agree among each other: each claims the alias with a tag of its own on the registered model
     * ({@code fairlead.promotion.…}), goes on only while no other claim stands, checks the alias, moves it, reads it back, and takes its
     * claim away. So of any number of promoters that expect the same version one succeeds, and every other one learns which version won;
     * a lost answer does no harm. A claim that a killed promoter left is taken away by the next one, which waits 10 s first.
     *
     * <p>What this cannot keep off: {@link #setAlias} and other clients do not ask for claims, although the reading back notices them while
     * the promotion goes on; and a promoter that is stopped for more than 10 s between its last check and the moving may still move the
     * alias when it wakes. Reads must see earlier writes, as they do on a single database.
     *
     * @param expected the version the alias points at, or {@code null} if it must not exist yet
     * @return the promotion, which can be rolled back; also where the alias pointed at the version already
     * @throws PromotionLostException if the alias points, or came to point, at another version than expected
     * @throws dev.fairlead.error.NotFoundException if there is no such version
     */
    Promotion promote(String name, String alias, String version, @Nullable String expected);

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
     * Downloads a model's folder, wherever the server or this program can read it.
     *
     * @param reference any form of {@link ModelUri}
     * @param target the local folder, made where it is missing
     * @return the folder; {@link ModelPackage#read} takes it
     * @throws dev.fairlead.error.NotFoundException if there is no such model, or it has no files
     * @throws UnsupportedArtifactStoreException if it lies in a store that neither the server hands out nor a module on the class path reads
     */
    Path download(ModelUri reference, Path target);

    /** Downloads a model's folder; see {@link #download(ModelUri, Path)}. */
    default Path download(String reference, Path target) {
        return download(ModelUri.parse(reference), target);
    }

    /**
     * Returns a view that knows where the server keeps the artifacts it hands out itself: the address given to it as
     * {@code --artifacts-destination}, such as {@code s3://mlflow}. The setting is {@code mlflow.artifact-root}.
     */
    Models artifactRoot(URI root);
}
