package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.PipelineCodec;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Is a pipeline of Seldon Core 2 ({@code Pipeline}): models, called its steps, between which data flows over Kafka. */
public interface SeldonPipeline extends Core2Object {
    /** Returns the steps; at least one. */
    List<PipelineStep> steps();

    /** Returns what it takes from other pipelines; empty for one that is sent requests. */
    Optional<PipelineInput> input();

    /** Returns what it answers; without it, it cannot be called and waited for. */
    Optional<PipelineOutput> output();

    /** Tells whether its steps may form a cycle. Seldon Core 2.6 drops it, and refuses the cycle. */
    boolean allowCycles();

    /** Returns how often a request may come to the same step, where there are cycles. Seldon Core 2.6 drops it. */
    OptionalInt maxStepRevisits();

    /** Returns the step of a name. */
    default Optional<PipelineStep> step(String name) {
        return steps().stream().filter(s -> s.name().equals(name)).findFirst();
    }

    @Override
    default String kind() {
        return "Pipeline";
    }

    @Override
    default Map<String, Object> toTree() {
        return PipelineCodec.write(this);
    }

    /**
     * Reads an object. It is not checked, for a cluster may hold anything; see {@link #problems()}.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is no Pipeline of Seldon Core 2
     */
    static SeldonPipeline fromTree(Map<String, ?> tree) {
        return PipelineCodec.read(tree);
    }

    /** Starts a pipeline. */
    static Builder builder() {
        return ImmutableSeldonPipeline.builder();
    }

    /** Starts a pipeline of a name. */
    static Builder builder(String name) {
        return builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SeldonPipeline with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a pipeline. Not thread-safe. */
    interface Builder extends Core2Object.Builder<Builder> {
        /** Replaces the steps. */
        Builder steps(Iterable<? extends PipelineStep> steps);

        /** Adds a step. */
        Builder addStep(PipelineStep step);

        /** Adds a step that takes what is sent to the pipeline: the model of this name. */
        default Builder addStep(String name) {
            return addStep(name, step -> {});
        }

        /** Adds a step that takes all that other steps put out: the model of this name. */
        default Builder addStep(String name, String... from) {
            return addStep(name, step -> List.of(from).forEach(f -> step.addInput(StepRef.of(f))));
        }

        /** Adds a step: the model of this name. Its problems are reported with those of the whole. */
        default Builder addStep(String name, Consumer<PipelineStep.Builder> step) {
            PipelineStep.Builder builder = PipelineStep.builder().name(name);
            step.accept(builder);
            return addStep(ValueBuilder.<PipelineStep>partOf(builder));
        }

        /** Sets what it takes from other pipelines. */
        Builder input(PipelineInput input);

        /** Sets what it takes from other pipelines. */
        default Builder input(Consumer<PipelineInput.Builder> input) {
            PipelineInput.Builder builder = PipelineInput.builder();
            input.accept(builder);
            return input(ValueBuilder.<PipelineInput>partOf(builder));
        }

        /** Sets what it answers. */
        Builder output(PipelineOutput output);

        /** Answers all that steps put out. */
        default Builder output(String... steps) {
            return output(output -> List.of(steps).forEach(s -> output.addStep(StepRef.of(s))));
        }

        /** Sets what it answers. */
        default Builder output(Consumer<PipelineOutput.Builder> output) {
            PipelineOutput.Builder builder = PipelineOutput.builder();
            output.accept(builder);
            return output(ValueBuilder.<PipelineOutput>partOf(builder));
        }

        /** Says whether its steps may form a cycle. */
        Builder allowCycles(boolean allow);

        /** Sets how often a request may come to the same step, where there are cycles. */
        Builder maxStepRevisits(int times);

        /** Makes the pipeline, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        SeldonPipeline build();
    }
}
