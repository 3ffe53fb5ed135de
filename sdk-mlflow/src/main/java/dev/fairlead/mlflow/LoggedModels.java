package dev.fairlead.mlflow;

import dev.fairlead.PagedIterable;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Logs, finds and describes the logged models of MLflow 3: models with a life of their own, beside runs. Immutable and thread-safe.
 *
 * <p>Every call throws {@link dev.fairlead.error.UnsupportedByServerException} before anything is sent where the server is older.
 */
public interface LoggedModels {
    /**
     * Reads a model by its id.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none, or it is deleted
     */
    LoggedModel get(String modelId);

    /** Reads a model by its id, if there is one that is not deleted. */
    Optional<LoggedModel> find(String modelId);

    /**
     * Makes a model without files, {@linkplain LoggedModelStatus#PENDING pending}: upload to {@link #artifacts} then, and {@link #setStatus
     * tell} how it went. A lost answer never makes a second one. {@link #log} does all of it.
     */
    LoggedModel create(Experiment experiment, Consumer<LoggedModelSpec.Builder> spec);

    /**
     * Logs a model that no run logs: makes it, uploads its files, and marks it ready, or failed where the upload failed. Within a run use
     * {@link ActiveRun#logModel(String, ModelPackage)}.
     */
    LoggedModel log(Experiment experiment, ModelPackage model, Consumer<LoggedModelSpec.Builder> spec);

    /** Sets how far a model is: ready, or failed. */
    LoggedModel setStatus(String modelId, LoggedModelStatus status);

    /**
     * Adds parameters; anything but text is logged as its {@code toString()}.
     *
     * @throws dev.fairlead.error.ConflictException if one of them is there already with another value
     */
    void logParams(String modelId, Map<String, ?> params);

    /** Sets tags; a tag that exists is overwritten. */
    void setTags(String modelId, Map<String, String> tags);

    /**
     * Removes a tag. Returns whether it was there.
     *
     * @throws dev.fairlead.error.InvalidValueException if the key holds a slash: the server has no way to remove such a tag
     */
    boolean deleteTag(String modelId, String key);

    /** Searches models; each is given once, although others may arrive meanwhile. Deleted ones are not found. */
    PagedIterable<LoggedModel> search(Consumer<LoggedModelQuery.Builder> query);

    /** Deletes a model; its files stay until the server's garbage collection. Returns whether there was one. */
    boolean delete(String modelId);

    /** Returns the files of a model. */
    Artifacts artifacts(String modelId);
}
