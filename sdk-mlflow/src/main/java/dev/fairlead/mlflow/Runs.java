package dev.fairlead.mlflow;

import dev.fairlead.PagedIterable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
     * Where the server ends a lost attempt after it was looked for, the younger of both runs is deleted again, unless
     * {@link RunSpec.Builder#resumeKey} was given, which another process may use as well; one that ends after this method has returned
     * stays, and carries the same {@link RunSpec#KEY_TAG}.
     *
     * <p>With {@link RunSpec.Builder#resumeKey} a run that the experiment already has under this key is taken up again.
     *
     * <p>Leaving the block of a try-with-resources without {@link ActiveRun#finish()} marks the run as failed.
     */
    ActiveRun start(Experiment experiment, Consumer<RunSpec.Builder> spec);

    /**
     * Starts a run as the settings say: takes up the run that {@code mlflow.run-id} ({@code MLFLOW_RUN_ID}) names, or starts one in the
     * {@linkplain Experiments#configured() configured experiment}. A run that is taken up keeps what it has; the description is not used then.
     */
    ActiveRun startConfigured(Consumer<RunSpec.Builder> spec);

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

    /** Reads the run that a run is nested in; empty where it is in none, or in one that is no more. */
    default Optional<Run> parentOf(Run run) {
        return run.parentId().flatMap(this::find);
    }

    /** Searches the runs that are nested in a run, newest first. */
    default PagedIterable<Run> childrenOf(Run run) {
        return search(q -> q.addExperimentId(run.experimentId())
                .filter(Filter.tag(Run.PARENT_TAG).eq(run.id())));
    }

    /** Renames a run. */
    void rename(String runId, String name);

    /** Sets what a run is about, as the web interface shows it; see {@link Run#description()}. */
    default void describe(String runId, String description) {
        setTags(runId, Map.of(Run.DESCRIPTION_TAG, description));
    }

    /**
     * Sets tags of a run, also of one that has ended; a tag that exists is overwritten.
     *
     * @throws dev.fairlead.error.InvalidValueException if a key is not allowed or a value is longer than 8,000 characters
     */
    void setTags(String runId, Map<String, String> tags);

    /** Removes a tag of a run. Returns whether the run had it. */
    boolean deleteTag(String runId, String key);

    /** Reads the whole history of a metric, by time, step and value. */
    PagedIterable<Metric> history(String runId, String metricKey);

    /** Reads the whole histories of one metric in several runs, one run after another. */
    PagedIterable<RunMetric> history(Collection<String> runIds, String metricKey);

    /**
     * Reads one metric of many runs, thinned by the server: evenly spaced values, the first and the last among them; 100 runs in a call.
     *
     * @param pointsPerRun about how many values of each run, from 1 to 2,500
     * @return the values by run id, each run's by step; empty for a run that has none, or that there is not
     */
    Map<String, List<Metric>> sampledHistory(Collection<String> runIds, String metricKey, int pointsPerRun);

    /** Reads one metric of many runs between two steps, both included, thinned by the server; see {@link #sampledHistory}. */
    Map<String, List<Metric>> sampledHistory(
            Collection<String> runIds, String metricKey, int pointsPerRun, long firstStep, long lastStep);

    /**
     * Delivers what processes that died left in a spool, run by run; see {@link MetricOptions.Builder#spool}. What is delivered is deleted
     * there. Values that the server has already make no second row.
     *
     * @param spool the folder the runs were logged with
     * @param timeout how long each run may take
     * @return what became of each run's values; empty when there was nothing
     */
    List<SpoolDelivery> deliverSpooled(Path spool, Duration timeout);

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
