package dev.fairlead.mlflow;

import dev.fairlead.error.ConflictException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Logs to a run that goes on. Thread-safe.
 *
 * <p>Each call returns when the server has stored what it was given; every one of them may be repeated without a second row, because times
 * are stamped once, before the first attempt.
 *
 * <p>{@code try (ActiveRun run = mlflow.runs().start(experiment)) { …; run.finish(); }}
 */
public interface ActiveRun extends AutoCloseable {
    /** Returns the run's id. */
    String id();

    /** Returns the id of its experiment. */
    String experimentId();

    /** Returns its name. */
    String name();

    /** Returns whether a run that existed before was taken up again. */
    boolean resumed();

    /** Reads the run from the server. */
    Run get();

    /** Logs one parameter; anything but text is logged as its {@code toString()}. See {@link #logParams}. */
    default ActiveRun logParam(String key, Object value) {
        return logParams(Map.of(key, value));
    }

    /**
     * Logs parameters, in as few calls as the server's limits allow.
     *
     * @throws ConflictException if one of them was logged before with another value; nothing of its batch is stored then
     * @throws dev.fairlead.error.InvalidValueException if a key is not allowed or a value is longer than 6,000 characters
     */
    ActiveRun logParams(Map<String, ?> params);

    /** Sets one tag. */
    default ActiveRun setTag(String key, String value) {
        return setTags(Map.of(key, value));
    }

    /**
     * Sets tags; a tag that exists is overwritten.
     *
     * @throws dev.fairlead.error.InvalidValueException if a key is not allowed or a value is longer than 8,000 characters
     */
    ActiveRun setTags(Map<String, String> tags);

    /** Logs one value of a metric, now, at step 0. */
    default ActiveRun logMetric(String key, double value) {
        return logMetric(key, value, 0);
    }

    /** Logs one value of a metric, now. */
    default ActiveRun logMetric(String key, double value, long step) {
        return logMetrics(Map.of(key, value), step);
    }

    /** Logs several metrics of one step, now. */
    ActiveRun logMetrics(Map<String, Double> values, long step);

    /**
     * Logs any number of metric values, 1,000 in a call.
     *
     * @throws dev.fairlead.error.InvalidValueException if a key is not allowed or a time lies before 1970; nothing is sent then
     */
    ActiveRun logMetrics(Collection<Metric> metrics);

    /** Returns the run's artifacts. */
    Artifacts artifacts();

    /** Logs a file at the top of the run's artifacts, under its own name. */
    default ActiveRun logArtifact(Path file) {
        artifacts().log(file, "");
        return this;
    }

    /** Logs a file into a folder of the run's artifacts, under its own name. */
    default ActiveRun logArtifact(Path file, String folder) {
        artifacts().log(file, folder);
        return this;
    }

    /**
     * Logs a model as a folder that every MLflow client can load.
     *
     * @param path the folder among the run's artifacts, such as {@code model}
     * @return where it is, ready for {@link Models#register}
     */
    ModelUri logModel(String path, ModelPackage model);

    /** Starts a run that is nested in this one. */
    ActiveRun startNested(Consumer<RunSpec.Builder> spec);

    /** Marks the run as finished, now. */
    void finish();

    /** Marks the run as failed, now. */
    void fail();

    /** Marks the run as killed, now. */
    void kill();

    /**
     * Marks a run that was not ended as failed, or as killed where the thread was interrupted. Does nothing once the run has ended.
     */
    @Override
    void close();
}
