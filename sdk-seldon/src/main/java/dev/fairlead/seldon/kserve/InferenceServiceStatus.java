package dev.fairlead.seldon.kserve;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Is what KServe reports of an inference service. Its {@code observedGeneration} is not here: KServe copies it from the last Deployment or
 * Knative service it looked at, so that it says nothing of the inference service's own.
 */
public interface InferenceServiceStatus {
    /** Returns the name. */
    String name();

    /** Returns the namespace. */
    String namespace();

    /** Returns the address, once it answers. */
    Optional<URI> url();

    /** Returns how it is run. */
    Optional<DeploymentMode> deploymentMode();

    /** Returns how far the model that answers is from the one that is specified; {@link TransitionStatus#IN_PROGRESS} before the first report. */
    TransitionStatus transition();

    /** Returns the state of the model that answers, such as {@code Loaded}; empty where there is none. */
    String activeModelState();

    /** Returns the state of the model that is specified, such as {@code Loading}; empty where it is not told. */
    String targetModelState();

    /** Returns what failed last. KServe never takes it back: see {@link #transition()} for whether it is so still. */
    Optional<LoadFailure> lastFailure();

    /** Returns KServe's conditions. */
    List<Condition> conditions();

    /** Returns the components by name: {@code predictor}, {@code transformer}, {@code explainer}. */
    Map<String, Component> components();

    /** Returns a condition by its type, such as {@code Ready}. */
    default Optional<Condition> condition(String type) {
        return conditions().stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** Tells whether KServe says Ready, of whatever specification it looked at last. */
    default boolean isReady() {
        return condition("Ready").filter(Condition::holds).isPresent();
    }

    /** Starts a status, for tests. */
    static Builder builder() {
        return ImmutableInferenceServiceStatus.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /**
     * Is one condition.
     *
     * @param type such as {@code Ready}, {@code PredictorReady}, {@code IngressReady}
     * @param status {@code True}, {@code False} or {@code Unknown}
     * @param reason KServe's reason; may be empty
     * @param message KServe's message; may be empty
     */
    record Condition(String type, String status, String reason, String message) {
        /** Tells whether it holds. */
        public boolean holds() {
            return status.equals("True");
        }
    }

    /**
     * Is one component.
     *
     * @param url its address, or {@code null} while it does not answer
     * @param latestCreatedRevision the newest revision; empty without Knative
     * @param latestReadyRevision the newest revision that answers; empty without Knative
     * @param latestRolledoutRevision the newest revision that ever got all the traffic; empty without Knative
     * @param previousRolledoutRevision the one that got it before; empty where there was none
     * @param latestPercent the share of the traffic the newest revision gets, or {@code null} where it is not told
     */
    record Component(
            @Nullable URI url,
            String latestCreatedRevision,
            String latestReadyRevision,
            String latestRolledoutRevision,
            String previousRolledoutRevision,
            @Nullable Integer latestPercent) {
        /** Returns its address. */
        public Optional<URI> address() {
            return Optional.ofNullable(url);
        }

        /** Returns the share of the traffic the newest revision gets. */
        public OptionalInt traffic() {
            return latestPercent == null ? OptionalInt.empty() : OptionalInt.of(latestPercent);
        }
    }

    /** Builds a status. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets the namespace; mandatory. */
        Builder namespace(String namespace);

        /** Sets the address. */
        Builder url(URI url);

        /** Sets how it is run. */
        Builder deploymentMode(DeploymentMode mode);

        /** Sets how far the model that answers is from the one that is specified. */
        Builder transition(TransitionStatus transition);

        /** Sets the state of the model that answers. */
        Builder activeModelState(String state);

        /** Sets the state of the model that is specified. */
        Builder targetModelState(String state);

        /** Sets what failed last. */
        Builder lastFailure(LoadFailure failure);

        /** Replaces the conditions. */
        Builder conditions(Iterable<? extends Condition> conditions);

        /** Adds a condition. */
        Builder addCondition(Condition condition);

        /** Replaces the components. */
        Builder components(Map<String, ? extends Component> components);

        /** Sets a component. */
        Builder putComponent(String name, Component component);

        /** Makes the status, or throws {@link dev.fairlead.error.InvalidValueException}. */
        InferenceServiceStatus build();
    }
}
