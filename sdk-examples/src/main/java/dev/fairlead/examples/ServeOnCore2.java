package dev.fairlead.examples;

import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.inference.Tensor;
import dev.fairlead.seldon.core2.Core2Client;
import dev.fairlead.seldon.core2.Core2FailedException;
import dev.fairlead.seldon.core2.SeldonExperiment;
import dev.fairlead.seldon.core2.SeldonModel;
import dev.fairlead.seldon.core2.SeldonPipeline;
import java.time.Duration;

/** Serves a model, a pipeline and an experiment with Seldon Core 2. */
public final class ServeOnCore2 {
    private ServeOnCore2() {}

    /** Prints what would be sent; it needs no cluster. */
    public static void main(String[] arguments) {
        System.out.println(iris().toTree());
        System.out.println(checked().toTree());
        System.out.println(compared().toTree());
    }

    // region objects
    static SeldonModel iris() {
        return SeldonModel.builder("iris")
                .storageUri("gs://models/iris")
                .addRequirement("sklearn")
                .memory("100Mi")
                .build();
    }

    static SeldonPipeline checked() {
        return SeldonPipeline.builder("checked")
                .addStep("clean")
                .addStep("iris", "clean")
                .output("iris")
                .build();
    }

    static SeldonExperiment compared() {
        return SeldonExperiment.builder("compared")
                .addCandidate("iris", 90)
                .addCandidate("iris2", 10)
                .defaultCandidate("iris")
                .build();
    }
    // endregion

    // region serve
    static InferenceResponse serve(Core2Client core2, SeldonModel model, Tensor input) {
        System.out.println(core2.models().explain(model)); // which server fits, and why the others do not
        try {
            core2.models().deploy(model).await(Duration.ofMinutes(2));
        } catch (Core2FailedException e) {
            System.err.println(e.failure().kind() + ": " + e.getMessage()); // NO_SERVER_FITS, LOAD, REFUSED …
            throw e;
        }
        return core2.model(model.name()).infer(input); // through the gateway, at seldon.uri
    }
    // endregion
}
