package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.LoggedModel;
import dev.fairlead.mlflow.LoggedModelSpec;
import dev.fairlead.mlflow.LoggedModelStatus;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelMetric;
import dev.fairlead.mlflow.ModelOutput;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.internal.wire.RunWire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Logs models to runs: to MLflow 3 as logged models, as Python's client does, and to MLflow 2, or where a logged model cannot be, as a
 * folder among the run's artifacts.
 */
final class ModelLogger {
    private final Api api;
    private final String runId;
    private final Artifacts artifacts;

    ModelLogger(Api api, String runId, Artifacts artifacts) {
        this.api = api;
        this.runId = runId;
        this.artifacts = artifacts;
    }

    ModelUri log(String path, ModelPackage model, long step) {
        String folder = Paths.required(path);
        return LoggedModelRules.isName(folder) && handedOut() && api.atLeast(3, 0)
                ? asLoggedModel(folder, model, step)
                : asFolder(folder, model);
    }

    /** Tells whether the server takes the files of logged models: those of other stores it takes of runs only. */
    private boolean handedOut() {
        String scheme = Objects.requireNonNullElse(artifacts.root().getScheme(), "file");
        return scheme.startsWith("mlflow-artifacts") || scheme.startsWith("http") || scheme.equals("s3");
    }

    private ModelUri asFolder(String folder, ModelPackage model) {
        MlModel.Builder changes = model.descriptor().toBuilder()
                .artifactPath(folder)
                .runId(runId)
                .modelUuid(UUID.randomUUID().toString().replace("-", ""));
        MlModel descriptor = LoggedModelUpload.described(api, changes, model);
        LoggedModelUpload.send(artifacts, folder, model, descriptor);
        api.write("runs/log-model", new RunWire.LogModel(runId, MlModelFile.json(descriptor)));
        return ModelUri.run(runId, folder);
    }

    private ModelUri asLoggedModel(String name, ModelPackage model, long step) {
        Run run = Decode.run(DefaultRuns.read(api, runId));
        String key = key(name, model, step);
        LoggedModel pending = earlier(run, key).orElseGet(() -> create(run, name, key));
        RunLinks links = new RunLinks(api, runId);
        links.outputs(List.of(new ModelOutput(pending.id(), step)));
        List<Metric> metrics = run.metrics().values().stream()
                .filter(m -> m.step() == step)
                .filter(m -> pending.metrics().stream().map(ModelMetric::metric).noneMatch(m::equals))
                .toList();
        links.metrics(pending.id(), metrics, null);
        return pending.status().equals(LoggedModelStatus.READY)
                ? pending.uri()
                : new LoggedModelUpload(api).to(pending, model).uri();
    }

    private LoggedModel create(Run run, String name, String key) {
        LoggedModelSpec spec = LoggedModelSpec.builder()
                .name(name)
                .sourceRunId(runId)
                .params(run.params())
                .build();
        return new DefaultLoggedModels(api).create(run.experimentId(), spec, key);
    }

    /** Finds the same model, logged by the same run before: a run that is taken up again goes on with it. */
    private Optional<LoggedModel> earlier(Run run, String key) {
        Filter same = Filter.tag(LoggedModel.KEY_TAG)
                .eq(key)
                .and(Filter.attribute("source_run_id").eq(runId));
        return LoggedModelSearch.newest(
                        api, run.experimentId(), same, api.calls().deadline())
                .stream()
                .findFirst()
                .map(Decode::loggedModel);
    }

    /** Returns what tells a model from others of its run: its name, step and content. */
    private String key(String name, ModelPackage model, long step) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(
                    digest,
                    runId + "\n" + name + "\n" + step + "\n"
                            + model.descriptor().toYaml());
            for (Map.Entry<String, ArtifactSource> file : new TreeMap<>(model.files()).entrySet()) {
                add(digest, "\n" + file.getKey() + "\n");
                try (InputStream in = file.getValue().open()) {
                    byte[] buffer = new byte[1 << 16];
                    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                        digest.update(buffer, 0, n);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("the files of the model '" + name + "' cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
