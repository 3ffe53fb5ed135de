package dev.fairlead.mlflow;

import dev.fairlead.PagedIterable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds and makes experiments. Immutable and thread-safe. */
public interface Experiments {
    /**
     * Reads an experiment by its id.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Experiment get(String id);

    /** Finds the experiment in use that has this name; a deleted one is not found, although it keeps its name reserved. */
    Optional<Experiment> find(String name);

    /** Returns the experiment of this name, and makes it where there is none. See {@link #ensure(String, Consumer)}. */
    default Experiment ensure(String name) {
        return ensure(name, spec -> {});
    }

    /**
     * Returns the experiment of this name, and makes it where there is none. Any number of threads and processes may ask at once: all get
     * the same experiment. An experiment that exists stays as it is.
     *
     * @throws dev.fairlead.error.ConflictException if a deleted experiment has this name and {@code restoreIfDeleted} is not set
     */
    Experiment ensure(String name, Consumer<ExperimentSpec.Builder> spec);

    /**
     * Makes an experiment.
     *
     * <p>When the answer is lost it is looked for by its name, which somebody else may have taken in that moment: then theirs is returned.
     *
     * @throws dev.fairlead.error.ConflictException if the name is taken, by a deleted experiment too
     */
    Experiment create(String name, Consumer<ExperimentSpec.Builder> spec);

    /**
     * Returns the experiment that the settings name: by {@code mlflow.experiment-id} ({@code MLFLOW_EXPERIMENT_ID}), else by
     * {@code mlflow.experiment} ({@code MLFLOW_EXPERIMENT_NAME}), which is made where there is none, else the server's {@code Default}.
     *
     * @throws dev.fairlead.error.NotFoundException if there is no experiment of the id
     */
    Experiment configured();

    /** Lists the deleted experiments, which can be restored. */
    PagedIterable<Experiment> listDeleted();

    /** Lists the experiments in use. */
    default PagedIterable<Experiment> list() {
        return search(Filter.ALL);
    }

    /** Searches the experiments in use by {@code name}, {@code creation_time}, {@code last_update_time} and tags. */
    PagedIterable<Experiment> search(Filter filter);

    /**
     * Renames an experiment.
     *
     * @throws dev.fairlead.error.ConflictException if the name is taken, by a deleted experiment too
     */
    void rename(String id, String name);

    /** Sets what an experiment is about, as the web interface shows it; see {@link Experiment#description()}. */
    default void describe(String id, String description) {
        setTag(id, Run.DESCRIPTION_TAG, description);
    }

    /** Removes a tag. Returns whether the experiment had it; needs MLflow 3.2. */
    boolean deleteTag(String id, String key);

    /**
     * Lists the datasets that runs of experiments used; the server tells at most 1,000 for 20 experiments.
     *
     * @param experimentIds the experiments, any number of them
     */
    List<DatasetSummary> datasets(Collection<String> experimentIds);

    /** Sets a tag. */
    void setTag(String id, String key, String value);

    /** Deletes an experiment and its runs, restorably; its name stays reserved. Returns whether it was in use. */
    boolean delete(String id);

    /** Restores a deleted experiment. Returns whether it was deleted. */
    boolean restore(String id);
}
