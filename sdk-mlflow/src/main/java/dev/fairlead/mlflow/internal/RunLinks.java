package dev.fairlead.mlflow.internal;

import dev.fairlead.error.ConflictException;
import dev.fairlead.mlflow.Dataset;
import dev.fairlead.mlflow.DatasetInput;
import dev.fairlead.mlflow.DatasetRef;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.ModelOutput;
import dev.fairlead.mlflow.internal.wire.InputWire;
import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.mlflow.internal.wire.LoggedModelWire;
import dev.fairlead.spi.Problems;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Logs what a run uses and makes. All of it may be repeated. */
final class RunLinks {
    private static final int MAX_TAG_KEY = 255;
    private static final int MAX_TAG_VALUE = 500;

    private final Api api;
    private final String runId;

    RunLinks(Api api, String runId) {
        this.api = api;
        this.runId = runId;
    }

    void datasets(Collection<DatasetInput> inputs) {
        Problems.check("dataset inputs", (Problems.Checked) at -> {
            for (DatasetInput input : inputs) {
                at.part("dataset", input.dataset());
                input.tags().forEach((key, value) -> checkTag(at, key, value));
            }
        });
        if (!inputs.isEmpty()) {
            List<InputWire.DatasetUse> uses = inputs.stream().map(RunLinks::use).toList();
            api.write("runs/log-inputs", new InputWire.LogInputs(runId, uses, null));
        }
    }

    private static void checkTag(Problems at, String key, String value) {
        at.require(!key.isEmpty() && key.length() <= MAX_TAG_KEY, "tags", "must have keys of 1 to 255 characters", key);
        at.require(
                value.length() <= MAX_TAG_VALUE,
                "tags[" + key + "]",
                "must have at most " + MAX_TAG_VALUE + " characters",
                value);
    }

    private static InputWire.DatasetUse use(DatasetInput input) {
        Dataset dataset = input.dataset();
        return new InputWire.DatasetUse(
                KeyValue.list(input.tags()),
                new InputWire.DatasetBody(
                        dataset.name(),
                        dataset.digest(),
                        dataset.sourceType(),
                        dataset.source(),
                        dataset.schema().orElse(null),
                        dataset.profile().orElse(null)));
    }

    void models(Collection<String> modelIds) {
        api.require("logged models", "3.0");
        if (!modelIds.isEmpty()) {
            List<InputWire.ModelUse> uses =
                    modelIds.stream().map(InputWire.ModelUse::new).toList();
            api.write("runs/log-inputs", new InputWire.LogInputs(runId, null, uses));
        }
    }

    /** The server takes a model once, and refuses all of a call for one that is there. */
    void outputs(Collection<ModelOutput> outputs) {
        api.require("logged models", "3.0");
        try {
            send(outputs);
        } catch (ConflictException e) {
            Set<String> there = Decode.run(DefaultRuns.read(api, runId)).outputs().stream()
                    .map(ModelOutput::modelId)
                    .collect(Collectors.toSet());
            List<ModelOutput> left =
                    outputs.stream().filter(o -> !there.contains(o.modelId())).toList();
            if (left.size() == outputs.size()) {
                throw e;
            }
            send(left);
        }
    }

    private void send(Collection<ModelOutput> outputs) {
        if (!outputs.isEmpty()) {
            List<InputWire.ModelMade> made = outputs.stream()
                    .map(o -> new InputWire.ModelMade(o.modelId(), o.step()))
                    .toList();
            api.write("runs/outputs", new InputWire.LogOutputs(runId, made));
        }
    }

    void metrics(String modelId, List<Metric> metrics, @Nullable DatasetRef dataset) {
        api.require("logged models", "3.0");
        LogBatches.checkMetrics(Points.of(metrics));
        String name = dataset == null ? null : dataset.name();
        String digest = dataset == null ? null : dataset.digest();
        List<LoggedModelWire.MetricBody> bodies = metrics.stream()
                .map(m -> new LoggedModelWire.MetricBody(
                        m.key(), m.value(), m.timestamp().toEpochMilli(), m.step(), name, digest, modelId, runId))
                .toList();
        for (int from = 0; from < bodies.size(); from += LogBatches.MAX_ALL) {
            int to = Math.min(from + LogBatches.MAX_ALL, bodies.size());
            api.write("runs/log-batch", new LoggedModelWire.LogMetrics(runId, bodies.subList(from, to)));
        }
    }
}
