package dev.fairlead.mlflow.internal;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.mlflow.Dataset;
import dev.fairlead.mlflow.DatasetInput;
import dev.fairlead.mlflow.DatasetSummary;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.LifecycleStage;
import dev.fairlead.mlflow.LoggedModel;
import dev.fairlead.mlflow.LoggedModelStatus;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.ModelMetric;
import dev.fairlead.mlflow.ModelOutput;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.ModelVersionStatus;
import dev.fairlead.mlflow.RegisteredModel;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.RunInputs;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.mlflow.internal.wire.ExperimentWire;
import dev.fairlead.mlflow.internal.wire.InputWire;
import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.mlflow.internal.wire.LoggedModelWire;
import dev.fairlead.mlflow.internal.wire.ModelWire;
import dev.fairlead.mlflow.internal.wire.RunWire;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes values of what came over the wire. */
public final class Decode {
    private Decode() {}

    static Experiment experiment(ExperimentWire.Body wire) {
        return checked("experiment", () -> {
            Experiment.Builder value = Experiment.builder()
                    .id(wire.experimentId())
                    .name(Objects.requireNonNullElse(wire.name(), wire.experimentId()))
                    .tags(KeyValue.map(wire.tags()));
            stage(wire.lifecycleStage()).ifPresent(value::lifecycleStage);
            text(wire.artifactLocation()).ifPresent(value::artifactLocation);
            time(wire.creationTime()).ifPresent(value::createdAt);
            time(wire.lastUpdateTime()).ifPresent(value::updatedAt);
            return value.build();
        });
    }

    static Run run(RunWire.Body wire) {
        return checked("run", () -> {
            RunWire.Info info = wire.info();
            Run.Builder value = Run.builder()
                    .id(info.runId())
                    .experimentId(Objects.requireNonNullElse(info.experimentId(), ""))
                    .name(Objects.requireNonNullElse(info.runName(), ""))
                    .userId(Objects.requireNonNullElse(info.userId(), ""));
            text(info.status()).map(RunStatus::of).ifPresent(value::status);
            stage(info.lifecycleStage()).ifPresent(value::lifecycleStage);
            time(info.startTime()).ifPresent(value::startTime);
            time(info.endTime()).ifPresent(value::endTime);
            uri(info.artifactUri()).ifPresent(value::artifactUri);
            RunWire.Data data = wire.data();
            if (data != null) {
                value.params(KeyValue.map(data.params())).tags(KeyValue.map(data.tags()));
                list(data.metrics()).forEach(m -> value.putMetric(m.key(), metric(m)));
            }
            InputWire.Inputs inputs = wire.inputs();
            if (inputs != null) {
                value.inputs(inputs(inputs));
            }
            InputWire.Outputs outputs = wire.outputs();
            if (outputs != null) {
                list(outputs.modelOutputs())
                        .forEach(o -> value.addOutput(
                                new ModelOutput(o.modelId(), Objects.requireNonNullElse(o.step(), 0L))));
            }
            return value.build();
        });
    }

    private static RunInputs inputs(InputWire.Inputs wire) {
        List<DatasetInput> datasets = list(wire.datasetInputs()).stream()
                .map(use -> new DatasetInput(dataset(use.dataset()), KeyValue.map(use.tags())))
                .toList();
        return new RunInputs(
                datasets,
                list(wire.modelInputs()).stream()
                        .map(InputWire.ModelUse::modelId)
                        .toList());
    }

    /** Other clients may have logged a dataset without a name, which ours refuse to log. */
    private static Dataset dataset(InputWire.DatasetBody wire) {
        Dataset.Builder value = Dataset.builder()
                .name(text(wire.name()).orElse("?"))
                .digest(text(wire.digest()).orElse("?"))
                .sourceType(text(wire.sourceType()).orElse("?"))
                .source(text(wire.source()).orElse("?"));
        text(wire.schema()).ifPresent(value::schema);
        text(wire.profile()).ifPresent(value::profile);
        return value.build();
    }

    static DatasetSummary dataset(InputWire.Summary wire) {
        return new DatasetSummary(
                Objects.requireNonNullElse(wire.experimentId(), ""),
                Objects.requireNonNullElse(wire.name(), ""),
                Objects.requireNonNullElse(wire.digest(), ""),
                wire.context());
    }

    static LoggedModel loggedModel(LoggedModelWire.Body wire) {
        return checked("logged model", () -> {
            LoggedModelWire.Info info = wire.info();
            LoggedModel.Builder value = LoggedModel.builder()
                    .id(info.modelId())
                    .experimentId(Objects.requireNonNullElse(info.experimentId(), ""))
                    .name(Objects.requireNonNullElse(info.name(), ""))
                    .modelType(Objects.requireNonNullElse(info.modelType(), ""))
                    .statusMessage(Objects.requireNonNullElse(info.statusMessage(), ""))
                    .tags(KeyValue.map(info.tags()));
            text(info.status()).map(LoggedModelStatus::of).ifPresent(value::status);
            text(info.sourceRunId()).ifPresent(value::sourceRunId);
            uri(info.artifactUri()).ifPresent(value::artifactUri);
            time(info.creationTimestampMs()).ifPresent(value::createdAt);
            time(info.lastUpdatedTimestampMs()).ifPresent(value::updatedAt);
            LoggedModelWire.Data data = wire.data();
            if (data != null) {
                value.params(KeyValue.map(data.params()));
                list(data.metrics()).forEach(m -> value.addMetric(modelMetric(m)));
            }
            return value.build();
        });
    }

    private static ModelMetric modelMetric(LoggedModelWire.MetricBody wire) {
        Metric metric = metric(new RunWire.MetricBody(wire.key(), wire.value(), wire.timestamp(), wire.step()));
        return new ModelMetric(
                metric, Objects.requireNonNullElse(wire.runId(), ""), wire.datasetName(), wire.datasetDigest());
    }

    static Metric metric(RunWire.MetricBody wire) {
        return new Metric(
                wire.key(),
                Objects.requireNonNullElse(wire.value(), 0.0),
                Instant.ofEpochMilli(Objects.requireNonNullElse(wire.timestamp(), 0L)),
                Objects.requireNonNullElse(wire.step(), 0L));
    }

    static RegisteredModel model(ModelWire.Body wire) {
        return checked("registered model", () -> {
            RegisteredModel.Builder value = RegisteredModel.builder()
                    .name(wire.name())
                    .description(Objects.requireNonNullElse(wire.description(), ""))
                    .tags(KeyValue.map(wire.tags()));
            list(wire.aliases()).forEach(a -> value.putAlias(a.alias(), a.version()));
            time(wire.creationTimestamp()).ifPresent(value::createdAt);
            time(wire.lastUpdatedTimestamp()).ifPresent(value::updatedAt);
            return value.build();
        });
    }

    @SuppressWarnings("deprecation") // stages are still served
    static ModelVersion version(ModelWire.Version wire) {
        return checked("model version", () -> {
            ModelVersion.Builder value = ModelVersion.builder()
                    .name(wire.name())
                    .version(wire.version())
                    .description(Objects.requireNonNullElse(wire.description(), ""))
                    .statusMessage(Objects.requireNonNullElse(wire.statusMessage(), ""))
                    .tags(KeyValue.map(wire.tags()))
                    .aliases(list(wire.aliases()));
            text(wire.status()).map(ModelVersionStatus::of).ifPresent(value::status);
            text(wire.currentStage()).filter(s -> !s.equals("None")).ifPresent(value::stage);
            uri(wire.source()).ifPresent(value::source);
            text(wire.runId()).ifPresent(value::runId);
            time(wire.creationTimestamp()).ifPresent(value::createdAt);
            time(wire.lastUpdatedTimestamp()).ifPresent(value::updatedAt);
            return value.build();
        });
    }

    /** Reads an address as servers write it: a local path has no scheme and may hold spaces. */
    public static Optional<URI> uri(@Nullable String text) {
        return text(text).map(t -> {
            try {
                return new URI(t);
            } catch (URISyntaxException e) {
                int colon = t.indexOf(':');
                try {
                    return new URI(
                            colon > 1 ? t.substring(0, colon) : null, t.substring(colon > 1 ? colon + 1 : 0), null);
                } catch (URISyntaxException again) {
                    throw new InvalidResponseException("mlflow names an address that is none: " + t, again);
                }
            }
        });
    }

    /** Reads a list that is left out when it is empty. */
    public static <T> List<T> list(@Nullable List<T> wire) {
        return wire == null ? List.of() : wire;
    }

    /** Reads a text that may be left out or empty. */
    public static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isEmpty());
    }

    private static Optional<LifecycleStage> stage(@Nullable String text) {
        return text(text).map(LifecycleStage::of);
    }

    /** Reads milliseconds; absent or 0 means unknown. */
    public static Optional<Instant> time(@Nullable Long millis) {
        return Optional.ofNullable(millis).filter(m -> m > 0).map(Instant::ofEpochMilli);
    }

    /** A server that leaves out what makes an object is at fault, not the caller. */
    public static <T> T checked(String what, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValueException | NullPointerException e) {
            throw new InvalidResponseException(
                    "mlflow answered with a " + what + " that is none: " + e.getMessage(), e);
        }
    }
}
