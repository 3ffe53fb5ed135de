package dev.fairlead.mlflow;

import dev.fairlead.PagedIterable;
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
     * @throws dev.fairlead.error.ConflictException if the name is taken, by a deleted experiment too
     */
    Experiment create(String name, Consumer<ExperimentSpec.Builder> spec);

    /** Lists the experiments in use. */
    default PagedIterable<Experiment> list() {
        return search(Filter.ALL);
    }

    /** Searches the experiments in use by {@code name}, {@code creation_time}, {@code last_update_time} and tags. */
    PagedIterable<Experiment> search(Filter filter);

    /** Sets a tag. */
    void setTag(String id, String key, String value);

    /** Deletes an experiment and its runs, restorably; its name stays reserved. Returns whether it was in use. */
    boolean delete(String id);

    /** Restores a deleted experiment. Returns whether it was deleted. */
    boolean restore(String id);
}
