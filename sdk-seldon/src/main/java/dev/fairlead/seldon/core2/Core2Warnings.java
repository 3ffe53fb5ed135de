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
            } else if (object instanceof SeldonServer server) {
                check(server, at);
            } else if (object instanceof SeldonPipeline pipeline) {
                check(pipeline, at.at("spec"));
            }
        });
    }

    private static void check(SeldonModel model, Problems at) {
        at.require(
                model.replicas().isPresent() || model.minReplicas().orElse(1) > 0,
                "minReplicas",
                "means, without replicas, that the model is loaded nowhere; set replicas",
                0);
        String ignored = "has no effect: the scheduler is not told of it";
        at.require(!model.preloaded(), "preloaded", ignored, true);
        at.require(!model.dedicated(), "dedicated", ignored + "; give the model a server by name", true);
        at.require(
                model.schemaUri().isEmpty(),
                "schemaUri",
                ignored,
                model.schemaUri().orElse(null));
        model.logger()
                .ifPresent(logger -> at.require(
                        logger.percent().isEmpty(),
                        "logger.percent",
                        "has no effect: all payloads are logged, or none",
                        logger.percent().orElse(0)));
    }

    private static void check(SeldonServer server, Problems at) {
        at.require(
                !String.valueOf(server.name()).matches("[0-9].*"),
                "name",
                "should start with a letter: older versions of Kubernetes refuse the Services of its replicas",
                server.name());
        String ignored = "has no effect in Seldon Core 2.6; set replicas";
        at.require(
                server.minReplicas().isEmpty(),
                "spec.minReplicas",
                ignored,
                server.minReplicas().orElse(0));
        at.require(
                server.maxReplicas().isEmpty(),
                "spec.maxReplicas",
                ignored,
                server.maxReplicas().orElse(0));
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
