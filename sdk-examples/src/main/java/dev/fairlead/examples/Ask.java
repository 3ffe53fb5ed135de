package dev.fairlead.examples;

import dev.fairlead.MlPlatform;
import dev.fairlead.inference.InferenceClient;
import dev.fairlead.inference.InferenceModel;
import dev.fairlead.inference.Tensor;
import dev.fairlead.testing.inference.FakeInferenceServer;
import dev.fairlead.testing.inference.ServedModel;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Asks a model over the Open Inference Protocol. */
public final class Ask {
    private Ask() {}

    /** Runs it, with a model that is a Java function. */
    public static void main(String[] arguments) {
        try (FakeInferenceServer server = FakeInferenceServer.builder()
                        .model("sum", ServedModel.of(Ask::sums))
                        .start();
                MlPlatform platform = MlPlatform.builder().withoutKubernetes().build()) {
            System.out.println(Arrays.toString(ask(platform, server.uri())));
        }
    }

    // region ask
    static float[] ask(MlPlatform platform, URI server) {
        InferenceModel model = InferenceClient.create(platform, server).model("sum");
        model.whenReady().await(Duration.ofMinutes(1));
        float[][] rows = {{1, 2}, {3, 4}};
        return model.infer(Tensor.of("x", rows)).output("sum").floats();
    }
    // endregion

    private static List<Tensor> sums(List<Tensor> inputs) {
        float[] x = inputs.get(0).floats();
        float[] sums = new float[x.length / 2];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = x[2 * i] + x[2 * i + 1];
        }
        return List.of(Tensor.of("sum", sums));
    }
}
