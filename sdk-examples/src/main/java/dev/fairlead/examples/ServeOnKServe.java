package dev.fairlead.examples;

import dev.fairlead.ModelSource;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.seldon.kserve.InferenceService;
import dev.fairlead.seldon.kserve.InferenceServiceStatus;
import dev.fairlead.seldon.kserve.KServeClient;
import dev.fairlead.seldon.kserve.ModelFormat;
import java.net.URI;
import java.time.Duration;

/** Serves a model with KServe. */
public final class ServeOnKServe {
    private ServeOnKServe() {}

    /** Prints what would be sent; it needs no cluster. */
    public static void main(String[] arguments) {
        System.out.println(
                flights(ModelSource.of(URI.create("s3://models/flights/2"))).toTree());
    }

    // region kserve
    static InferenceService flights(ModelSource model) {
        return InferenceService.builder("flights")
                .predictor(p -> p.format(ModelFormat.MLFLOW)
                        .protocol(ServingProtocol.V2)
                        .model(model)
                        .gpu(Gpu.nvidia(1))
                        .minReplicas(1)
                        .maxReplicas(4)
                        .canaryTrafficPercent(10))
                .build();
    }

    static InferenceServiceStatus serve(KServeClient kserve, ModelSource model) {
        return kserve.services().deploy(flights(model)).await(Duration.ofMinutes(5));
    }
    // endregion
}
