package dev.fairlead.seldon.core2;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is what a pipeline takes from other pipelines. */
public interface PipelineInput {
    /** Returns what it takes. */
    List<PipelineRef> externalInputs();

    /** Returns how what it takes is brought together; empty means {@link JoinType#INNER}. */
    Optional<JoinType> joinType();

    /** Returns how long data of several sources is waited for; empty leaves it to Seldon. */
    Optional<Duration> joinWindow();

    /** Returns what must have come before, and is not handed on. */
    List<PipelineRef> externalTriggers();

    /** Returns how the triggers are brought together; empty means {@link JoinType#INNER}. */
    Optional<JoinType> triggersJoinType();

    /** Returns the new names of tensors, by {@code source.side.tensor}. */
    Map<String, String> tensorMap();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts one. */
    static Builder builder() {
        return ImmutablePipelineInput.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds one. Not thread-safe. */
    interface Builder {
        /** Replaces what it takes. */
        Builder externalInputs(Iterable<? extends PipelineRef> inputs);

        /** Adds something it takes. */
        Builder addExternalInput(PipelineRef input);

        /** Sets how what it takes is brought together. */
        Builder joinType(JoinType type);

        /** Sets how long data of several sources is waited for; whole milliseconds. */
        Builder joinWindow(Duration window);

        /** Replaces what must have come before. */
        Builder externalTriggers(Iterable<? extends PipelineRef> triggers);

        /** Adds something that must have come before. */
        Builder addExternalTrigger(PipelineRef trigger);

        /** Sets how the triggers are brought together. */
        Builder triggersJoinType(JoinType type);

        /** Replaces the new names of tensors. */
        Builder tensorMap(Map<String, ? extends String> names);

        /** Gives a tensor a new name, by {@code source.side.tensor}. */
        Builder putTensorMap(String tensor, String name);

        /** Gives a tensor a new name. */
        default Builder renameTensor(PipelineRef tensor, String name) {
            return putTensorMap(tensor.value(), name);
        }

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PipelineInput build();
    }
}
