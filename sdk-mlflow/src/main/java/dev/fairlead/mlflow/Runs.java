package dev.fairlead.mlflow;

import dev.fairlead.PagedIterable;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts and finds runs. Immutable and thread-safe. */
public interface Runs {
    /** Starts a run; see {@link #start(Experiment, Consumer)}. */
    default ActiveRun start(Experiment experiment) {
        return start(experiment, spec -> {});
    }

    /**
     * Starts a run. A lost answer never makes a second one: the run carries a key by which it is looked for before anything is repeated.
     *
     * <p>With {@link RunSpec.Builder#resumeKey} a run that the experiment already has under this key is taken up again.
     *
     * <p>Leaving the block of a try-with-resources without {@link ActiveRun#finish()} marks the run as failed.
     */
    ActiveRun start(Experiment experiment, Consumer<RunSpec.Builder> spec);

    /** Takes up a run by its id, and marks it as running again. */
    ActiveRun resume(String runId);

    /**
     * Starts a run, does the work, and ends the run: finished when the work returns, failed when it throws, killed when it was interrupted.
     *
     * @return what the work returns
     * @throws E what the work throws, after the run was marked
     */
    <T extends @Nullable Object, E extends Exception> T call(
            Experiment experiment, Consumer<RunSpec.Builder> spec, Work<T, E> work) throws E;

    /**
     * Reads a run by its id.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Run get(String runId);

    /** Reads a run by its id, if there is one. */
    Optional<Run> find(String runId);

    /** Finds the run that was started with this key in an experiment; deleted runs are not found. */
    Optional<Run> findByKey(String experimentId, String resumeKey);

    /** Searches runs; each is given once, although others may arrive meanwhile. */
    PagedIterable<Run> search(Consumer<RunQuery.Builder> query);

    /** Reads the whole history of a metric, by time, step and value. */
    PagedIterable<Metric> history(String runId, String metricKey);

    /** Deletes a run, restorably. */
    void delete(String runId);

    /** Restores a deleted run. */
    void restore(String runId);

    /**
     * Does the work of a run.
     *
     * @param <T> what it returns
     * @param <E> what it may throw
     */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, E extends Exception> {
        /** Does the work; the run is ended for it. */
        T run(ActiveRun run) throws E;
    }
}
