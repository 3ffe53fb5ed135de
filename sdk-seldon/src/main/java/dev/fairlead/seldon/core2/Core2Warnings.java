package dev.fairlead.seldon.core2;

import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.spi.Problems;
import java.util.List;

/** What Seldon Core 2.6 accepts and ignores: its scheduler is never told of it. */
final class Core2Warnings {
    private Core2Warnings() {}

    static List<Problem> of(Core2Object object) {
        return Problems.of(at -> {
            if (object instanceof SeldonModel model) {
                check(model, at.at("spec"));
            } else if (object instanceof SeldonPipeline pipeline) {
                check(pipeline, at.at("spec"));
            }
        });
    }

    private static void check(SeldonModel model, Problems at) {
        String ignored = "has no effect: the scheduler is not told of it";
        at.require(!model.preloaded(), "preloaded", ignored, true);
        at.require(!model.dedicated(), "dedicated", ignored + "; give the model a server by name", true);
        at.require(model.schemaUri().isEmpty(), "schemaUri", ignored, model.schemaUri().orElse(null));
        model.logger()
                .ifPresent(logger -> at.require(
                        logger.percent().isEmpty(),
                        "logger.percent",
                        "has no effect: all payloads are logged, or none",
                        logger.percent().orElse(0)));
    }

    private static void check(SeldonPipeline pipeline, Problems at) {
        int i = 0;
        for (PipelineStep step : pipeline.steps()) {
            String field = "steps[" + i++ + "].batch.rolling";
            step.batch()
                    .ifPresent(batch -> at.require(
                            !batch.rolling(), field, "has no effect: the scheduler is not told of it", true));
        }
        at.require(
                !pipeline.allowCycles() && pipeline.maxStepRevisits().isEmpty(),
                "allowCycles",
                "needs a newer Seldon than 2.6, whose cluster drops it and whose scheduler refuses cycles",
                pipeline.allowCycles());
    }
}
