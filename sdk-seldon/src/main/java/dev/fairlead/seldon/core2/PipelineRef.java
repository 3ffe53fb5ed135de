package dev.fairlead.seldon.core2;

import java.util.List;

/**
 * Names data of another pipeline: what was sent to it or comes out of it, or of one of its steps, whole or one tensor. As text:
 * {@code pipeline}, {@code pipeline.outputs.tensor}, {@code pipeline.step.name.inputs}.
 *
 * @param value the text as it stands in the object
 */
public record PipelineRef(String value) {
    /** Names data by its text. */
    public static PipelineRef of(String value) {
        return new PipelineRef(value);
    }

    /** Names all that a pipeline answers. */
    public static PipelineRef outputs(String pipeline) {
        return new PipelineRef(pipeline + ".outputs");
    }

    /** Names a tensor that a pipeline answers. */
    public static PipelineRef outputs(String pipeline, String tensor) {
        return new PipelineRef(pipeline + ".outputs." + tensor);
    }

    /** Names all that is sent to a pipeline. */
    public static PipelineRef inputs(String pipeline) {
        return new PipelineRef(pipeline + ".inputs");
    }

    /** Names a tensor that is sent to a pipeline. */
    public static PipelineRef inputs(String pipeline, String tensor) {
        return new PipelineRef(pipeline + ".inputs." + tensor);
    }

    /** Names data of a pipeline's step. */
    public static PipelineRef ofStep(String pipeline, StepRef step) {
        return new PipelineRef(pipeline + ".step." + step.value());
    }

    /** Returns the pipeline's name. */
    public String pipeline() {
        return parts().get(0);
    }

    /** Returns what the dots part. */
    List<String> parts() {
        return List.of(value.split("\\.", -1));
    }

    @Override
    public String toString() {
        return value;
    }
}
