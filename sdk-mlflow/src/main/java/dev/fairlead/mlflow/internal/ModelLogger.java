package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.internal.wire.RunWire;
import java.util.UUID;

/** Logs models to runs. */
final class ModelLogger {
    private ModelLogger() {}

    /** Uploads the files, the {@code MLmodel} last: where it stands, the model is complete. */
    static ModelUri log(Api api, String runId, Artifacts artifacts, String path, ModelPackage model) {
        String folder = Paths.required(path);
        MlModel.Builder changes = model.descriptor().toBuilder()
                .artifactPath(folder)
                .runId(runId)
                .modelUuid(UUID.randomUUID().toString().replace("-", ""))
                .createdAt(api.clock().instant());
        long size = model.files().values().stream()
                .mapToLong(ArtifactSource::length)
                .filter(n -> n > 0)
                .sum();
        MlModel descriptor = changes.modelSizeBytes(size).build();
        Transfers.each(
                model.files().entrySet(), file -> artifacts.put(Paths.join(folder, file.getKey()), file.getValue()));
        artifacts.putText(Paths.join(folder, MlModel.FILE), descriptor.toYaml());
        api.write("runs/log-model", new RunWire.LogModel(runId, MlModelFile.json(descriptor)));
        return ModelUri.run(runId, folder);
    }
}
