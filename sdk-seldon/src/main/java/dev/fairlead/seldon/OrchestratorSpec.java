package dev.fairlead.seldon;

import dev.fairlead.kubernetes.Resources;
import dev.fairlead.kubernetes.SecretRef;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Describes a predictor's orchestrator, the container that sends requests through the graph ({@code svcOrchSpec}). */
public interface OrchestratorSpec {
    /** Returns what the container asks for; the operator's default is half a CPU and 512Mi. */
    Optional<Resources> resources();

    /** Returns its variables, in order. */
    List<EnvVariable> variables();

    /** Returns how many run; they only do by themselves with {@link SeldonSetting#ENGINE_SEPARATE_POD}. */
    OptionalInt replicas();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts one. */
    static Builder builder() {
        return ImmutableOrchestratorSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds one. Not thread-safe. */
    interface Builder {
        /** Sets what the container asks for. */
        Builder resources(Resources resources);

        /** Sets what the container asks for. */
        default Builder resources(Consumer<Resources.Builder> resources) {
            Resources.Builder builder = Resources.builder();
            resources.accept(builder);
            return resources(ValueBuilder.<Resources>partOf(builder));
        }

        /** Replaces its variables. */
        Builder variables(Iterable<? extends EnvVariable> variables);

        /** Adds a variable. */
        Builder addVariable(EnvVariable variable);

        /** Adds a variable with a plain value. */
        default Builder putEnv(String name, String value) {
            return addVariable(EnvVariable.of(name, value));
        }

        /** Adds a variable from an entry of a Secret. */
        default Builder putSecretEnv(String name, SecretRef secret) {
            return addVariable(EnvVariable.of(name, secret));
        }

        /** Adds the three variables that {@link ServerType#KAFKA} needs. */
        default Builder kafka(String broker, String inputTopic, String outputTopic) {
            return putEnv("KAFKA_BROKER", broker)
                    .putEnv("KAFKA_INPUT_TOPIC", inputTopic)
                    .putEnv("KAFKA_OUTPUT_TOPIC", outputTopic);
        }

        /** Sets how many run by themselves. */
        Builder replicas(int replicas);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        OrchestratorSpec build();
    }
}
