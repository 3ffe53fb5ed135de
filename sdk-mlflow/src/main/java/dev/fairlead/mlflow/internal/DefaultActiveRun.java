package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.RunSpec;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.mlflow.internal.wire.RunWire;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A run that is logged to. */
final class DefaultActiveRun implements ActiveRun {
    private final Api api;
    private final Run run;
    private final boolean resumed;
    private final Artifacts artifacts;
    private final AtomicBoolean ended = new AtomicBoolean();

    DefaultActiveRun(Api api, Run run, boolean resumed) {
        this.api = api;
        this.run = run;
        this.resumed = resumed;
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
    public ActiveRun logParams(Map<String, ?> params) {
        Map<String, String> texts = new LinkedHashMap<>();
        params.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        LogBatches.checkParams(texts);
        return send(LogBatches.split(id(), List.of(), texts, Map.of()));
    }

    @Override
    public ActiveRun setTags(Map<String, String> tags) {
        LogBatches.checkTags(tags);
        return send(LogBatches.split(id(), List.of(), Map.of(), tags));
    }

    @Override
    public ActiveRun logMetrics(Map<String, Double> values, long step) {
        Instant now = api.clock().instant();
        return logMetrics(values.entrySet().stream()
                .map(e -> new Metric(e.getKey(), e.getValue(), now, step))
                .toList());
    }

    @Override
    public ActiveRun logMetrics(Collection<Metric> metrics) {
        List<Metric> fixed = List.copyOf(metrics);
        LogBatches.checkMetrics(fixed);
        return send(LogBatches.split(id(), fixed, Map.of(), Map.of()));
    }

    private ActiveRun send(List<RunWire.LogBatch> batches) {
        batches.forEach(batch -> api.write("runs/log-batch", batch));
        return this;
    }

    @Override
    public Artifacts artifacts() {
        return artifacts;
    }

    @Override
    public ModelUri logModel(String path, ModelPackage model) {
        return ModelLogger.log(api, run.id(), artifacts, path, model);
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
        end(RunStatus.FINISHED);
    }

    @Override
    public void fail() {
        end(RunStatus.FAILED);
    }

    @Override
    public void kill() {
        end(RunStatus.KILLED);
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
        if (ended.get()) {
            return;
        }
        // an interrupted thread could not tell the server; the flag is set again afterwards
        boolean interrupted = Thread.interrupted();
        try {
            end(interrupted ? RunStatus.KILLED : RunStatus.FAILED);
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
