package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.DatasetInput;
import dev.fairlead.mlflow.DatasetRef;
import dev.fairlead.mlflow.LogPolicy;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.mlflow.MetricOptions;
import dev.fairlead.mlflow.ModelOutput;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.RunSpec;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.mlflow.SystemMetrics;
import dev.fairlead.mlflow.SystemMetricsOptions;
import dev.fairlead.mlflow.internal.wire.RunWire;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run that is logged to. */
final class DefaultActiveRun implements ActiveRun {
    /** What the rest of the metrics may take when the thread was told to end. */
    private static final Duration IN_A_HURRY = Duration.ofSeconds(5);

    private final Api api;
    private final Run run;
    private final boolean resumed;
    private final Artifacts artifacts;
    private final ParamLog pairs;
    private final RunLoggers loggers;
    private final AtomicBoolean ended = new AtomicBoolean();

    DefaultActiveRun(Api api, Run run, boolean resumed) {
        this.api = api;
        this.run = run;
        this.resumed = resumed;
        this.pairs = new ParamLog(api, run.id());
        this.loggers = new RunLoggers(api, run.id(), resumed);
        this.artifacts = new DefaultArtifacts(api, run.id(), run.artifactUri().orElse(null));
    }

    @Override
    public String id() {
        return run.id();
    }

    @Override
    public String experimentId() {
        return run.experimentId();
    }

    @Override
    public String name() {
        return run.name();
    }

    @Override
    public boolean resumed() {
        return resumed;
    }

    @Override
    public Run get() {
        return Decode.run(DefaultRuns.read(api, run.id()));
    }

    @Override
    public ActiveRun logParams(Map<String, ?> params, LogPolicy policy) {
        pairs.params(params, policy);
        return this;
    }

    @Override
    public ActiveRun setTags(Map<String, String> tags, LogPolicy policy) {
        pairs.tags(tags, policy);
        return this;
    }

    @Override
    public ActiveRun logMetrics(Map<String, Double> values, long step) {
        return send(PointBuffer.of(values, api.clock().millis(), step));
    }

    @Override
    public ActiveRun logMetrics(Collection<Metric> metrics) {
        return send(Points.of(List.copyOf(metrics)));
    }

    @Override
    public ActiveRun logSeries(String key, double[] values, long firstStep) {
        return send(Points.series(key, values, firstStep, api.clock().millis()));
    }

    private ActiveRun send(Points points) {
        LogBatches.checkMetrics(points);
        LogBatches.split(id(), points, Map.of(), Map.of()).forEach(pairs::send);
        return this;
    }

    @Override
    public MetricLogger metrics() {
        return loggers.metrics(null);
    }

    @Override
    public MetricLogger metrics(Consumer<MetricOptions.Builder> change) {
        MetricOptions.Builder options = MetricOptions.builder();
        change.accept(options);
        return loggers.metrics(options.build());
    }

    @Override
    public SystemMetrics systemMetrics(Consumer<SystemMetricsOptions.Builder> change) {
        SystemMetricsOptions.Builder options = SystemMetricsOptions.builder();
        change.accept(options);
        return loggers.systemMetrics(options.build());
    }

    @Override
    public Artifacts artifacts() {
        return artifacts;
    }

    @Override
    public ModelUri logModel(String path, ModelPackage model, long step) {
        return new ModelLogger(api, run.id(), artifacts).log(path, model, step);
    }

    @Override
    public ActiveRun logModelMetrics(String modelId, Collection<Metric> metrics, @Nullable DatasetRef dataset) {
        links().metrics(modelId, List.copyOf(metrics), dataset);
        return this;
    }

    @Override
    public ActiveRun logInputs(Collection<DatasetInput> inputs) {
        links().datasets(inputs);
        return this;
    }

    @Override
    public ActiveRun logModelInput(String modelId) {
        links().models(List.of(modelId));
        return this;
    }

    @Override
    public ActiveRun logOutputs(Collection<ModelOutput> outputs) {
        links().outputs(outputs);
        return this;
    }

    private RunLinks links() {
        return new RunLinks(api, run.id());
    }

    @Override
    public ActiveRun startNested(Consumer<RunSpec.Builder> spec) {
        return new DefaultRuns(api).start(run.experimentId(), nested -> {
            spec.accept(nested);
            nested.parentId(run.id());
        });
    }

    @Override
    public void finish() {
        // a run whose metrics are not all there is not finished
        loggers.close(null);
        end(RunStatus.FINISHED);
    }

    @Override
    public void fail() {
        endInAnyCase(RunStatus.FAILED, null);
    }

    @Override
    public void kill() {
        endInAnyCase(RunStatus.KILLED, null);
    }

    private void endInAnyCase(RunStatus status, @Nullable Duration limit) {
        try {
            loggers.close(limit);
        } catch (RuntimeException undelivered) {
            try {
                end(status);
            } catch (RuntimeException e) {
                undelivered.addSuppressed(e);
            }
            throw undelivered;
        }
        end(status);
    }

    private void end(RunStatus status) {
        if (ended.get()) {
            return;
        }
        api.write(
                "runs/update",
                new RunWire.Update(
                        run.id(), status.value(), api.clock().instant().toEpochMilli(), null));
        ended.set(true);
    }

    @Override
    public void close() {
        // an interrupted thread could not tell the server; the flag is set again afterwards
        boolean interrupted = Thread.interrupted();
        try {
            if (interrupted) {
                endInAnyCase(RunStatus.KILLED, IN_A_HURRY);
            } else {
                endInAnyCase(RunStatus.FAILED, null);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return "ActiveRun[" + run.id() + "]";
    }
}
