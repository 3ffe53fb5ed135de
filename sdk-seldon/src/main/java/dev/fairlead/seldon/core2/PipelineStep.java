package dev.fairlead.seldon.core2;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is one step of a pipeline: a model, and the data it is called with. Without inputs it takes what is sent to the pipeline.
 */
public interface PipelineStep {
    /** Returns the name, which is that of the model. */
    String name();

    /** Returns what it takes. */
    List<StepRef> inputs();

    /** Returns how what it takes is brought together; empty means {@link JoinType#INNER}. */
    Optional<JoinType> inputsJoinType();

    /** Returns how long data of several sources is waited for; empty leaves it to Seldon. */
    Optional<Duration> joinWindow();

    /** Returns what must have come before it is called, and is not handed to it. */
    List<StepRef> triggers();

    /** Returns how the triggers are brought together; empty means {@link JoinType#INNER}. */
    Optional<JoinType> triggersJoinType();

    /** Returns how many requests it gets at once; empty means one. */
    Optional<StepBatch> batch();

    /** Returns the new names of tensors, by {@code source.side.tensor}. */
    Map<String, String> tensorMap();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts a step. */
    static Builder builder() {
        return ImmutablePipelineStep.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a step. Not thread-safe. */
    interface Builder {
        /** Sets the name of the model; mandatory. */
        Builder name(String name);

        /** Replaces what it takes. */
        Builder inputs(Iterable<? extends StepRef> inputs);

        /** Adds something it takes. */
        Builder addInput(StepRef input);

        /** Sets how what it takes is brought together. */
        Builder inputsJoinType(JoinType type);

        /** Sets how long data of several sources is waited for; whole milliseconds. */
        Builder joinWindow(Duration window);

        /** Replaces what must have come before. */
        Builder triggers(Iterable<? extends StepRef> triggers);

        /** Adds something that must have come before. */
        Builder addTrigger(StepRef trigger);

        /** Sets how the triggers are brought together. */
        Builder triggersJoinType(JoinType type);

        /** Gives it several requests at once. */
        Builder batch(StepBatch batch);

        /** Replaces the new names of tensors. */
        Builder tensorMap(Map<String, ? extends String> names);

        /** Gives a tensor a new name, by {@code source.side.tensor}. */
        Builder putTensorMap(String tensor, String name);

        /** Gives a tensor a new name. */
        default Builder renameTensor(StepRef tensor, String name) {
            return putTensorMap(tensor.value(), name);
        }

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PipelineStep build();
    }
}
