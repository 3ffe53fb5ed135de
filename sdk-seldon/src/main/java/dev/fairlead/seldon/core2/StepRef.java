package dev.fairlead.seldon.core2;

import java.util.List;
import java.util.Optional;

/**
 * Names data inside a pipeline: what goes into or comes out of one of its steps, or what was sent to the pipeline itself, whole or one tensor.
 * As text: {@code step}, {@code step.outputs}, {@code step.inputs.tensor}.
 *
 * @param value the text as it stands in the object
 */
public record StepRef(String value) {
    /** Names data by its text. */
    public static StepRef of(String value) {
        return new StepRef(value);
    }

    /** Names all that a step puts out. */
    public static StepRef outputs(String step) {
        return new StepRef(step + ".outputs");
    }

    /** Names a tensor that a step puts out. */
    public static StepRef outputs(String step, String tensor) {
        return new StepRef(step + ".outputs." + tensor);
    }

    /** Names all that went into a step; with the pipeline's own name, what was sent to the pipeline. */
    public static StepRef inputs(String step) {
        return new StepRef(step + ".inputs");
    }

    /** Names a tensor that went into a step; with the pipeline's own name, one that was sent to the pipeline. */
    public static StepRef inputs(String step, String tensor) {
        return new StepRef(step + ".inputs." + tensor);
    }

    /** Returns the step's name, or the pipeline's. */
    public String step() {
        return parts().get(0);
    }

    /** Returns the side, {@code inputs} or {@code outputs}; empty where it is not said. */
    public Optional<String> side() {
        return part(1);
    }

    /** Returns the tensor's name; empty for all of them. */
    public Optional<String> tensor() {
        return part(2);
    }

    private Optional<String> part(int index) {
        return parts().size() > index ? Optional.of(parts().get(index)) : Optional.empty();
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
