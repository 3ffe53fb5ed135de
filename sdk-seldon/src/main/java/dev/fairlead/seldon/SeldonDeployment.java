package dev.fairlead.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Is an inference deployment of Seldon Core 1: {@code machinelearning.seldon.io/v1}. What we do not model is kept at every level, so that an
 * object read and written again loses nothing.
 *
 * <p>{@code build()} refuses, with all problems at once, what Seldon's admission webhook refuses, and what it lets through and breaks later.
 */
public interface SeldonDeployment {
    /** Returns the name. */
    String name();

    /** Returns the namespace; empty means that of the platform. */
    Optional<String> namespace();

    /** Returns the object's labels. */
    Map<String, String> labels();

    /** Returns the object's annotations. */
    Map<String, String> annotations();

    /** Returns Seldon's settings, which it keeps as {@code spec.annotations}; the pods carry them too. See {@link #setting}. */
    Map<String, String> settings();

    /** Returns the protocol; empty means {@link ServingProtocol#SELDON}. */
    Optional<ServingProtocol> protocol();

    /** Returns how the nodes are called; empty means REST. */
    Optional<Transport> transport();

    /** Returns how requests reach it; empty means by calls. */
    Optional<ServerType> serverType();

    /** Returns how many of each pod run where a predictor does not say; 1 where this is empty too. */
    OptionalInt replicas();

    /** Returns the predictors; at least one. */
    List<PredictorSpec> predictors();

    /** Returns what we do not model, as a tree like the object's own: {@code {"spec": {"newField": 1}}}. */
    Map<String, Object> additionalFields();

    /** Returns a setting of Seldon's; empty where it is not set, or holds what is none of its values. */
    default <T> Optional<T> setting(SeldonSetting<T> setting) {
        return Optional.ofNullable(settings().get(setting.key())).flatMap(setting::value);
    }

    /** Returns the predictor of a name. */
    default Optional<PredictorSpec> predictor(String name) {
        return predictors().stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /** Returns what is wrong with it; empty for one that {@code build()} made. One read from a cluster may hold anything. */
    default List<Problem> problems() {
        return this instanceof Problems.Checked checked ? Problems.of(checked) : List.of();
    }

    /**
     * Returns what the cluster would accept and ignore. None of it keeps the deployment from running; each says what to do instead.
     */
    default List<Problem> warnings() {
        return DeploymentWarnings.of(this);
    }

    /** Looks whether a platform's cluster has what it needs; see {@link SeldonDeployments#check}. */
    default CheckReport check(MlPlatform platform) {
        return SeldonClient.create(platform).deployments().check(this);
    }

    /**
     * Returns everything that will become of it on a cluster whose operator is set up as usual: objects with their names and ports, routes,
     * warnings. See {@link SeldonDeployments#explainPlan} for the operator of a cluster.
     */
    default DeploymentPlan explainPlan() {
        return explainPlan(OperatorSettings.defaults());
    }

    /** Returns everything that will become of it with an operator that is set up so; without a namespace, {@code default} is meant. */
    default DeploymentPlan explainPlan(OperatorSettings operator) {
        return Planner.plan(this, namespace().orElse("default"), operator);
    }

    /** Returns the object as it is sent; the caller may change the tree. */
    default Map<String, Object> toTree() {
        return SeldonDeploymentCodec.write(this);
    }

    /**
     * Reads an object. It is not checked, for a cluster may hold anything; see {@link #problems()}.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is no SeldonDeployment
     */
    static SeldonDeployment fromTree(Map<String, ?> tree) {
        return SeldonDeploymentCodec.read(tree);
    }

    /** Starts a deployment. */
    static Builder builder() {
        return ImmutableSeldonDeployment.builder();
    }

    /** Starts a deployment of a name. */
    static Builder builder(String name) {
        return builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default SeldonDeployment with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a deployment. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets the namespace. */
        Builder namespace(String namespace);

        /** Replaces the object's labels. */
        Builder labels(Map<String, ? extends String> labels);

        /** Adds a label to the object. */
        Builder putLabel(String key, String value);

        /** Replaces the object's annotations. */
        Builder annotations(Map<String, ? extends String> annotations);

        /** Adds an annotation to the object. */
        Builder putAnnotation(String key, String value);

        /** Replaces Seldon's settings. */
        Builder settings(Map<String, ? extends String> settings);

        /** Adds a setting by its annotation. */
        Builder putSetting(String key, String value);

        /**
         * Adds a variable to every orchestrator, as the annotation {@code seldon.io/engine-…} that becomes one. Its name is of capital letters,
         * digits and {@code _}.
         */
        default Builder putEngineEnv(String name, String value) {
            return putSetting(SeldonSetting.engineEnvKey(name), value);
        }

        /** Adds a setting of Seldon's. */
        default <T> Builder set(SeldonSetting<T> setting, T value) {
            return putSetting(setting.key(), setting.text(value));
        }

        /** Sets the protocol. */
        Builder protocol(ServingProtocol protocol);

        /** Sets how the nodes are called. */
        Builder transport(Transport transport);

        /** Sets how requests reach it. */
        Builder serverType(ServerType serverType);

        /** Sets how many of each pod run where a predictor does not say. */
        Builder replicas(int replicas);

        /** Replaces the predictors. */
        Builder predictors(Iterable<? extends PredictorSpec> predictors);

        /** Adds a predictor. */
        Builder addPredictor(PredictorSpec predictor);

        /** Adds a predictor; its problems are reported with those of the whole. */
        default Builder addPredictor(PredictorSpec.Builder predictor) {
            return addPredictor(ValueBuilder.<PredictorSpec>partOf(predictor));
        }

        /** Adds a predictor. */
        default Builder addPredictor(Consumer<PredictorSpec.Builder> predictor) {
            PredictorSpec.Builder builder = PredictorSpec.builder();
            predictor.accept(builder);
            return addPredictor(builder);
        }

        /** Replaces what we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds what we do not model, at the root of the object's tree. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes the deployment, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        SeldonDeployment build();
    }
}
