package dev.fairlead.seldon.core2;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is what a pipeline answers. */
public interface PipelineOutput {
    /** Returns the data that is the answer. */
    List<StepRef> steps();

    /** Returns how it is brought together; empty means {@link JoinType#INNER}. */
    Optional<JoinType> stepsJoin();

    /** Returns how long data of several sources is waited for; empty leaves it to Seldon. */
    Optional<Duration> joinWindow();

    /** Returns the new names of tensors, by {@code source.side.tensor}. */
    Map<String, String> tensorMap();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts one. */
    static Builder builder() {
        return ImmutablePipelineOutput.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds one. Not thread-safe. */
    interface Builder {
        /** Replaces the data that is the answer. */
        Builder steps(Iterable<? extends StepRef> steps);

        /** Adds data to the answer. */
        Builder addStep(StepRef step);

        /** Sets how it is brought together. */
        Builder stepsJoin(JoinType type);

        /** Sets how long data of several sources is waited for; whole milliseconds. */
        Builder joinWindow(Duration window);

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
        PipelineOutput build();
    }
}
