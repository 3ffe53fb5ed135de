package dev.fairlead.seldon;

import dev.fairlead.ModelSource;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.kubernetes.Resources;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Is one way a deployment answers: a graph of nodes, the pods that run it, and its share of the traffic.
 *
 * <p>For the common graph of one model the builder has a short way: {@link Builder#server}, {@link Builder#model}, {@link Builder#gpu} and
 * the like describe the graph's first node and its container.
 */
public interface PredictorSpec {
    /** Is the name of the first node when none is given: {@code model}. */
    String DEFAULT_MODEL_NAME = "model";

    /** Returns the name, unique in the deployment. */
    String name();

    /** Returns the graph's first node. */
    GraphNode graph();

    /** Returns the pods; empty leaves them to the operator, which makes one for prepackaged servers. */
    List<ComponentSpec> componentSpecs();

    /** Returns how many of each pod run; empty leaves it to the deployment. */
    OptionalInt replicas();

    /** Returns the share of the traffic in percent; the shares of a deployment's predictors add up to 100. */
    OptionalInt traffic();

    /** Tells whether it gets a copy of the traffic and its answers are thrown away. */
    boolean shadow();

    /** Returns the labels of its pods. */
    Map<String, String> labels();

    /** Returns the annotations of its pods and Services. */
    Map<String, String> annotations();

    /** Returns how long a rollout may make no progress before Kubernetes calls it failed; 10 minutes where it is not set. */
    Optional<Duration> progressDeadline();

    /** Returns how its answers are explained. */
    Optional<Explainer> explainer();

    /** Returns its orchestrator; empty leaves it to the operator. */
    Optional<OrchestratorSpec> orchestrator();

    /** Returns what its orchestrator once asked for; Seldon reads {@link OrchestratorSpec#resources()} instead. */
    Optional<Resources> engineResources();

    /** Returns the Secret with the certificate that is mounted into its containers. */
    Optional<String> certSecretName();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts a predictor. */
    static Builder builder() {
        return ImmutablePredictorSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default PredictorSpec with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a predictor. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets the graph; use this or the short way, not both. */
        Builder graph(GraphNode graph);

        /** Sets the graph; its problems are reported with those of the whole. */
        default Builder graph(GraphNode.Builder graph) {
            return graph(ValueBuilder.<GraphNode>partOf(graph));
        }

        /** Sets what runs the model: the short way. */
        Builder server(ServerImplementation server);

        /** Sets the name under which the model is called, {@link #DEFAULT_MODEL_NAME} by default: the short way. */
        Builder modelName(String name);

        /** Sets the model, and carries its labels, name, version and run over to the pods: the short way. */
        Builder model(ModelSource source);

        /** Sets the address the cluster reads the model from: the short way. */
        Builder modelUri(URI modelUri);

        /** Sets the address the cluster reads the model from: the short way. */
        default Builder modelUri(String modelUri) {
            return modelUri(URI.create(modelUri));
        }

        /** Sets the Secret that holds the storage's credentials: the short way. */
        Builder envSecretRefName(String secret);

        /** Sets the service account with whose credentials the model is read: the short way. */
        Builder serviceAccountName(String name);

        /** Sets what the model's container asks for: the short way. */
        Builder resources(Consumer<Resources.Builder> resources);

        /** Gives the model's container GPUs, with a toleration for GPU nodes: the short way. */
        default Builder gpu(Gpu gpu) {
            return resources(r -> r.gpu(gpu));
        }

        /** Sets up the pod of the model; its main container is the model's: the short way. */
        Builder pod(Consumer<PodTemplate.Builder> pod);

        /** Lets Kubernetes' autoscaler decide how many of the model's pod run: the short way. */
        Builder hpa(Consumer<HpaSpec.Builder> hpa);

        /** Lets KEDA decide how many of the model's pod run: the short way. */
        Builder keda(Consumer<KedaSpec.Builder> keda);

        /** Bounds how many pods may be evicted at once: the short way. */
        Builder pdb(PdbSpec pdb);

        /** Replaces the pods; use this or the short way, not both. */
        Builder componentSpecs(Iterable<? extends ComponentSpec> specs);

        /** Adds a pod. */
        Builder addComponentSpec(ComponentSpec spec);

        /** Adds a pod; its problems are reported with those of the whole. */
        default Builder addComponentSpec(Consumer<ComponentSpec.Builder> spec) {
            ComponentSpec.Builder builder = ComponentSpec.builder();
            spec.accept(builder);
            return addComponentSpec(ValueBuilder.<ComponentSpec>partOf(builder));
        }

        /** Sets how many of each pod run. */
        Builder replicas(int replicas);

        /** Sets the share of the traffic in percent. */
        Builder traffic(int percent);

        /** Makes it a shadow. */
        Builder shadow(boolean shadow);

        /** Replaces the labels. */
        Builder labels(Map<String, ? extends String> labels);

        /** Adds a label. */
        Builder putLabel(String key, String value);

        /** Replaces the annotations. */
        Builder annotations(Map<String, ? extends String> annotations);

        /** Adds an annotation. */
        Builder putAnnotation(String key, String value);

        /** Sets the name of its Service instead of {@code <deployment>-<predictor>}. */
        default Builder serviceName(String name) {
            return putAnnotation(SeldonNames.SERVICE_NAME, name);
        }

        /** Leaves the orchestrator out, which a graph of one node does not need. */
        default Builder withoutOrchestrator() {
            return putAnnotation(SeldonNames.NO_ENGINE, "true");
        }

        /** Sets how long a rollout may make no progress before Kubernetes calls it failed; whole seconds. */
        Builder progressDeadline(Duration deadline);

        /** Sets how its answers are explained. */
        Builder explainer(Explainer explainer);

        /** Sets how its answers are explained; its problems are reported with those of the whole. */
        default Builder explainer(Explainer.Builder explainer) {
            return explainer(ValueBuilder.<Explainer>partOf(explainer));
        }

        /** Sets its orchestrator. */
        Builder orchestrator(OrchestratorSpec orchestrator);

        /** Sets its orchestrator. */
        default Builder orchestrator(Consumer<OrchestratorSpec.Builder> orchestrator) {
            OrchestratorSpec.Builder builder = OrchestratorSpec.builder();
            orchestrator.accept(builder);
            return orchestrator(ValueBuilder.<OrchestratorSpec>partOf(builder));
        }

        /** Sets what its orchestrator once asked for; without effect, use {@link #orchestrator(Consumer)}. */
        Builder engineResources(Resources resources);

        /** Sets the Secret with the certificate that is mounted into its containers. */
        Builder certSecretName(String secret);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes the predictor, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PredictorSpec build();
    }
}
