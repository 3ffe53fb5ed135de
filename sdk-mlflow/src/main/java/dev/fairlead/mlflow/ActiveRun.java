package dev.fairlead.mlflow;

import dev.fairlead.error.ConflictException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    default ActiveRun logParams(Map<String, ?> params) {
        return logParams(params, LogPolicy.STRICT);
    }

    /**
     * Logs parameters, some of which may have been logged before with other values, or be too long: {@code run.logParams(all,
     * LogPolicy.STRICT.keepFirst().cut())}. Those that clash never keep the others from being stored, unless the policy is to fail.
     */
    ActiveRun logParams(Map<String, ?> params, LogPolicy policy);

    /** Sets one tag. */
    default ActiveRun setTag(String key, String value) {
        return setTags(Map.of(key, value));
    }

    /**
     * Sets tags; a tag that exists is overwritten.
     *
     * @throws dev.fairlead.error.InvalidValueException if a key is not allowed or a value is longer than 8,000 characters
     */
    default ActiveRun setTags(Map<String, String> tags) {
        return setTags(tags, LogPolicy.STRICT);
    }

    /** Sets tags, some of which may be too long. */
    ActiveRun setTags(Map<String, String> tags, LogPolicy policy);

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

    /** Logs a whole curve, now: the values of consecutive steps, 1,000 in a call. */
    ActiveRun logSeries(String key, double[] values, long firstStep);

    /**
     * Returns the run's buffered logger, for many values: it does not wait for the server, and loses nothing. The first call opens it with the
     * defaults; ending the run closes it.
     */
    MetricLogger metrics();

    /**
     * Returns the run's buffered logger, opened with these options.
     *
     * @throws dev.fairlead.error.ConfigurationException if it is open with others
     * @throws MetricSpoolException if the spool cannot be used
     */
    MetricLogger metrics(Consumer<MetricOptions.Builder> options);

    /** Begins to log how busy this machine and JVM are, every 10 s; see {@link SystemMetrics}. */
    default SystemMetrics systemMetrics() {
        return systemMetrics(options -> {});
    }

    /** Begins to log how busy this machine and JVM are; a sampling that went on before is ended. */
    SystemMetrics systemMetrics(Consumer<SystemMetricsOptions.Builder> options);

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

    /** Logs a model at step 0; see {@link #logModel(String, ModelPackage, long)}. */
    default ModelUri logModel(String path, ModelPackage model) {
        return logModel(path, model, 0);
    }

    /**
     * Logs a model that every MLflow client can load as {@code runs:/<run>/<path>}.
     *
     * <p>On MLflow 3 it becomes a {@linkplain LoggedModels logged model} of this name, as Python's client makes it: with the run's parameters,
     * and with those of its metrics whose latest value belongs to the step. It is pending until all is uploaded, then ready, or failed if the
     * upload failed. The same content, logged again by the same run under the same name and step, is the same model: a run that is taken up
     * again makes no second one.
     *
     * <p>On MLflow 2, for a path that no logged model can be named by (one with {@code / : . %} or a quote), and for artifacts in a store
     * that the server takes only runs' files for, it becomes a folder among the run's artifacts.
     *
     * @param path the name, or the folder among the run's artifacts, such as {@code model}
     * @param step the step of the run it was made at
     * @return where it is, ready for {@link Models#register}
     */
    ModelUri logModel(String path, ModelPackage model, long step);

    /** Logs metrics of a logged model, and of this run. Needs MLflow 3. */
    default ActiveRun logModelMetrics(String modelId, Collection<Metric> metrics) {
        return logModelMetrics(modelId, metrics, null);
    }

    /**
     * Logs metrics of a logged model that were measured on a dataset. Needs MLflow 3.
     *
     * @param dataset the dataset, with its digest; {@code null} where it is not to be said
     * @throws ConflictException if such a value was logged before for another dataset
     */
    ActiveRun logModelMetrics(String modelId, Collection<Metric> metrics, @Nullable DatasetRef dataset);

    /** Logs a dataset that the run uses, such as for {@code training}; see {@link #logInputs}. */
    default ActiveRun logInput(Dataset dataset, String context) {
        return logInputs(List.of(DatasetInput.of(dataset, context)));
    }

    /** Logs datasets that the run uses. One that was logged before, by name and digest, stays as it is, with the tags of its use. */
    ActiveRun logInputs(Collection<DatasetInput> inputs);

    /** Logs that the run uses a logged model. Needs MLflow 3. */
    ActiveRun logModelInput(String modelId);

    /** Logs that the run made logged models. One that was logged before stays as it is. Needs MLflow 3. */
    ActiveRun logOutputs(Collection<ModelOutput> outputs);

    /** Starts a run that is nested in this one. */
    ActiveRun startNested(Consumer<RunSpec.Builder> spec);

    /**
     * Marks the run as finished, now; what {@link #metrics()} holds is delivered first.
     *
     * @throws MetricsUndeliveredException if the server did not take all of it; the run is not marked then
     */
    void finish();

    /** Marks the run as failed, now. */
    void fail();

    /** Marks the run as killed, now. */
    void kill();

    /**
     * Marks a run that was not ended as failed, or as killed where the thread was interrupted. Does nothing once the run has ended. What
     * {@link #metrics()} holds is delivered first.
     *
     * @throws MetricsUndeliveredException if the server did not take all of it; the run is marked all the same
     */
    @Override
    void close();
}
