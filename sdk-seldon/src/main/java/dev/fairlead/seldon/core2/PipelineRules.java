package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;

/** What must hold of a pipeline as a whole. */
final class PipelineRules {
    private PipelineRules() {}

    static void check(SeldonPipeline pipeline, Problems at) {
        Core2Rules.checkObject(pipeline, at);
        Problems spec = at.at("spec");
        spec.parts("steps", pipeline.steps());
        pipeline.input().ifPresent(input -> spec.part("input", input));
        pipeline.output().ifPresent(output -> spec.part("output", output));
    }
}
