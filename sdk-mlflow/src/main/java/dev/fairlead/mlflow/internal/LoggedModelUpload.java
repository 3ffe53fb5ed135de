package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.LoggedModel;
import dev.fairlead.mlflow.LoggedModelStatus;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.TransferOptions;

/** Uploads the files of logged models, and tells the server how it went. */
final class LoggedModelUpload {
    private final Api api;

    LoggedModelUpload(Api api) {
        this.api = api;
    }

    LoggedModel to(LoggedModel pending, ModelPackage model) {
        DefaultLoggedModels models = new DefaultLoggedModels(api);
        try {
            upload(pending, model);
            return models.setStatus(pending.id(), LoggedModelStatus.READY);
        } catch (RuntimeException failure) {
            tell(models, pending.id(), failure);
            throw failure;
        }
    }

    /** An interrupted thread could not tell the server; the flag is set again afterwards. */
    private static void tell(DefaultLoggedModels models, String id, RuntimeException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            var unused = models.setStatus(id, LoggedModelStatus.UPLOAD_FAILED);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void upload(LoggedModel pending, ModelPackage model) {
        MlModel.Builder changes = model.descriptor().toBuilder()
                .artifactPath(pending.artifactUri().toString())
                .modelUuid(pending.id())
                .modelId(pending.id());
        pending.sourceRunId().ifPresent(changes::runId);
        MlModel descriptor = described(api, changes, model);
        send(DefaultArtifacts.ofModel(api, pending.id()), "", model, descriptor);
    }

    /** Fills in when the model is logged and how large it is. */
    static MlModel described(Api api, MlModel.Builder descriptor, ModelPackage model) {
        long size = model.files().values().stream()
                .mapToLong(ArtifactSource::length)
                .filter(n -> n > 0)
                .sum();
        return descriptor.createdAt(api.clock().instant()).modelSizeBytes(size).build();
    }

    /** Uploads the files, the {@code MLmodel} last: where it stands, the model is complete. */
    static void send(Artifacts artifacts, String folder, ModelPackage model, MlModel descriptor) {
        Transfers.each(
                TransferOptions.builder().build().parallelism(),
                model.files().entrySet(),
                file -> artifacts.put(Paths.join(folder, file.getKey()), file.getValue()));
        artifacts.putText(Paths.join(folder, MlModel.FILE), descriptor.toYaml());
    }
}
