package dev.fairlead.seldon.kserve;

import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.kubernetes.Resources;
import dev.fairlead.seldon.PayloadLogger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Is what a predictor, a transformer and an explainer have in common: pods, how many of them, and what happens to their requests. */
public interface ServingComponent {
    /** The main container of a pod in KServe. */
    String MAIN_CONTAINER = "kserve-container";

    /** Returns the pod; its main container is the one that answers. Empty leaves it to the runtime. */
    Optional<PodTemplate> pod();

    /** Returns how many pods run at least; 1 where it is not set, 0 lets Knative stop them all. */
    OptionalInt minReplicas();

    /** Returns how many pods run at most; empty leaves it to KServe. */
    OptionalInt maxReplicas();

    /** Returns what one pod is to bear of the {@link #scaleMetric()}. */
    OptionalInt scaleTarget();

    /** Returns what the autoscaler looks at; empty means concurrency with Knative, CPU without. */
    Optional<ScaleMetric> scaleMetric();

    /** Returns the share of the traffic in percent that the newest revision gets; the one before keeps the rest. Knative only. */
    OptionalInt canaryTrafficPercent();

    /** Returns how many requests a container gets at once at most; 0 is no limit. Knative only. */
    OptionalInt containerConcurrency();

    /** Returns how long a request may take. */
    Optional<Duration> timeout();

    /** Returns where payloads are sent on to. */
    Optional<PayloadLogger> logger();

    /** Returns how requests are gathered. */
    Optional<Batcher> batcher();

    /** Returns the labels of its pods. */
    Map<String, String> labels();

    /** Returns the annotations of its pods. */
    Map<String, String> annotations();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /**
     * Sets what all components have.
     *
     * @param <B> the builder
     */
    interface Settings<B> {
        /** Sets the pod; use this or the changes of it, not both. */
        B pod(PodTemplate pod);

        /** Changes the pod; its main container is {@link #MAIN_CONTAINER}. */
        B pod(Consumer<PodTemplate.Builder> changes);

        /** Sets what the main container asks for. */
        default B resources(Consumer<Resources.Builder> resources) {
            return pod(p -> p.resources(resources));
        }

        /** Gives the main container GPUs, with a toleration for GPU nodes. */
        default B gpu(Gpu gpu) {
            return resources(r -> r.gpu(gpu));
        }

        /** Sets how many pods run at least; 0 lets Knative stop them all. */
        B minReplicas(int replicas);

        /** Sets how many pods run at most. */
        B maxReplicas(int replicas);

        /** Sets how many pods run, always. */
        default B replicas(int replicas) {
            minReplicas(replicas);
            return maxReplicas(replicas);
        }

        /** Sets what one pod is to bear. */
        B scaleTarget(int target);

        /** Sets what the autoscaler looks at. */
        B scaleMetric(ScaleMetric metric);

        /** Sets what the autoscaler looks at, and how much of it one pod is to bear. */
        default B scaleOn(ScaleMetric metric, int target) {
            scaleMetric(metric);
            return scaleTarget(target);
        }

        /** Sets the share of the traffic that the newest revision gets. */
        B canaryTrafficPercent(int percent);

        /** Sets how many requests a container gets at once at most. */
        B containerConcurrency(int requests);

        /** Sets how long a request may take; whole seconds. */
        B timeout(Duration timeout);

        /** Sets where payloads are sent on to. */
        B logger(PayloadLogger logger);

        /** Sets how requests are gathered. */
        B batcher(Batcher batcher);

        /** Replaces the labels of its pods. */
        B labels(Map<String, ? extends String> labels);

        /** Adds a label to its pods. */
        B putLabel(String key, String value);

        /** Replaces the annotations of its pods. */
        B annotations(Map<String, ? extends String> annotations);

        /** Adds an annotation to its pods. */
        B putAnnotation(String key, String value);

        /** Replaces the fields we do not model. */
        B additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        B putAdditionalField(String name, Object tree);
    }
}
