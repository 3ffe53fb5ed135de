package dev.fairlead.examples.flights;

import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.ModelSignature;
import dev.fairlead.mlflow.SignatureField;
import java.time.Instant;
import java.util.List;

/** What MLflow is told of the model. */
final class Tracking {
    private Tracking() {}

    static List<Metric> metrics(FlightModel.Epoch epoch, Instant at) {
        Evaluation scores = epoch.scores();
        return List.of(
                new Metric("loss", scores.loss(), at, epoch.number()),
                new Metric("accuracy", scores.accuracy(), at, epoch.number()),
                new Metric("auc", scores.auc(), at, epoch.number()));
    }

    static ModelSignature signature() {
        return ModelSignature.builder()
                .addInput(SignatureField.tensor(FlightModel.INPUT, "float32", -1, FlightFeatures.NAMES.size()))
                .addOutput(SignatureField.tensor(FlightModel.LABEL, "int64", -1))
                .addOutput(SignatureField.tensor(FlightModel.PROBABILITIES, "float32", -1, 2))
                .build();
    }
}
