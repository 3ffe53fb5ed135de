package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.ExperimentCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is an experiment of Seldon Core 2 ({@code Experiment}): it splits requests among models or pipelines, and may copy them to one more.
 */
public interface SeldonExperiment extends Core2Object {
    /** Returns the candidates among which requests are split. */
    List<ExperimentCandidate> candidates();

    /** Returns the candidate whose own requests are split too; empty splits only those sent to the experiment. */
    Optional<String> defaultCandidate();

    /** Returns what gets a copy of the requests. */
    Optional<ExperimentMirror> mirror();

    /** Returns what the candidates are; empty means {@link ResourceType#MODEL}. */
    Optional<ResourceType> resourceType();

    @Override
    default String kind() {
        return "Experiment";
    }

    @Override
    default Map<String, Object> toTree() {
        return ExperimentCodec.write(this);
    }

    /**
     * Reads an object. It is not checked, for a cluster may hold anything; see {@link #problems()}.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is no Experiment of Seldon Core 2
     */
    static SeldonExperiment fromTree(Map<String, ?> tree) {
        return ExperimentCodec.read(tree);
    }

    /** Starts an experiment. */
    static Builder builder() {
        return ImmutableSeldonExperiment.builder();
    }

    /** Starts an experiment of a name. */
    static Builder builder(String name) {
        return builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SeldonExperiment with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds an experiment. Not thread-safe. */
    interface Builder extends Core2Object.Builder<Builder> {
        /** Replaces the candidates. */
        Builder candidates(Iterable<? extends ExperimentCandidate> candidates);

        /** Adds a candidate. */
        Builder addCandidate(ExperimentCandidate candidate);

        /** Adds a candidate with its share of the requests, in relation to the others' weights. */
        default Builder addCandidate(String name, int weight) {
            return addCandidate(ExperimentCandidate.of(name, weight));
        }

        /** Sets the candidate whose own requests are split too. */
        Builder defaultCandidate(String name);

        /** Sets what gets a copy of the requests. */
        Builder mirror(ExperimentMirror mirror);

        /** Sets what gets a copy of how many of the requests in percent. */
        default Builder mirror(String name, int percent) {
            return mirror(ExperimentMirror.of(name, percent));
        }

        /** Sets what the candidates are. */
        Builder resourceType(ResourceType type);

        /** Makes the experiment, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        SeldonExperiment build();
    }
}
