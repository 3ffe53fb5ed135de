package dev.fairlead.seldon.kserve;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.kube.KubeNames;
import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What KServe's webhook and its definition refuse of a component, and what breaks later. */
final class ComponentRules {
    /** The older ways to say which model is served, one field for each framework. */
    private static final Set<String> FRAMEWORKS = Set.of(
            "sklearn",
            "xgboost",
            "tensorflow",
            "pytorch",
            "triton",
            "onnx",
            "huggingface",
            "pmml",
            "lightgbm",
            "paddle");

    private static final List<String> LOGGER_MODES = List.of("all", "request", "response");

    private ComponentRules() {}

    static void check(ServingComponent component, Problems at) {
        replicas(component, at);
        component
                .canaryTrafficPercent()
                .ifPresent(n -> at.require(n >= 0 && n <= 100, "canaryTrafficPercent", "must be 0 to 100", n));
        component
                .containerConcurrency()
                .ifPresent(n -> at.require(n >= 0, "containerConcurrency", "must not be negative; 0 is no limit", n));
        component
                .timeout()
                .ifPresent(d -> at.require(
                        d.toSeconds() >= 1 && d.equals(Duration.ofSeconds(d.toSeconds())),
                        "timeout",
                        "must be whole seconds, at least 1",
                        d));
        component
                .logger()
                .ifPresent(logger -> at.require(
                        LOGGER_MODES.contains(logger.mode()),
                        "logger.mode",
                        "must be all, request or response",
                        logger.mode()));
        component.batcher().ifPresent(batcher -> batcher(batcher, at));
        KubeNames.checkLabels(at, "labels", component.labels());
        component.annotations().keySet().forEach(key -> KubeNames.checkKey(at, "annotations", key));
        component.pod().ifPresent(pod -> pod(pod, at));
    }

    private static void replicas(ServingComponent component, Problems at) {
        int min = component.minReplicas().orElse(1);
        at.require(min >= 0, "minReplicas", "must not be negative", min);
        component.maxReplicas().ifPresent(max -> {
            if (at.require(max >= 1, "maxReplicas", "must be at least 1", max)) {
                at.require(min <= max, "minReplicas", "must not be more than maxReplicas, " + max, min);
            }
        });
        component
                .scaleMetric()
                .ifPresent(metric ->
                        at.require(metric.isKnown(), "scaleMetric", "must be one of " + ScaleMetric.known(), metric));
        component.scaleTarget().ifPresent(n -> at.require(n >= 1, "scaleTarget", "must be at least 1", n));
    }

    private static void batcher(Batcher batcher, Problems at) {
        batcher.maxBatchSize().ifPresent(n -> at.require(n >= 1, "batcher.maxBatchSize", "must be at least 1", n));
        batcher.maxLatency()
                .ifPresent(d -> at.require(
                        d.toMillis() >= 1 && d.equals(Duration.ofMillis(d.toMillis())),
                        "batcher.maxLatency",
                        "must be whole milliseconds, at least 1",
                        d));
    }

    private static void pod(PodTemplate pod, Problems at) {
        at.part("pod", pod);
        at.require(
                pod.labels().isEmpty() && pod.annotations().isEmpty(),
                "pod.metadata",
                "must be empty: a component has labels and annotations of its own, which its pods get",
                pod.labels());
    }

    static void checkPredictor(InferencePredictor predictor, Problems at) {
        predictor.model().ifPresent(model -> at.part("model", model));
        long ways = (predictor.model().isPresent() ? 1 : 0) + count(FRAMEWORKS, predictor);
        if (ways == 0) {
            own(predictor, "a model, or ", at);
        }
        at.require(
                ways <= 1,
                "model",
                "must be the only way to say which model is served",
                FRAMEWORKS.stream()
                        .filter(predictor.additionalFields()::containsKey)
                        .sorted()
                        .toList());
        boolean twice = predictor.additionalFields().containsKey("storageUris")
                && predictor.model().flatMap(PredictorModel::storageUri).isPresent();
        at.require(!twice, "storageUris", "must not be set beside the model's storageUri", "set");
    }

    static void checkTransformer(InferenceTransformer transformer, Problems at) {
        own(transformer, "", at);
    }

    static void checkExplainer(InferenceExplainer explainer, Problems at) {
        if (count(Set.of("art"), explainer) == 0) {
            own(explainer, "", at);
        }
    }

    private static long count(Collection<String> fields, ServingComponent component) {
        return fields.stream().filter(component.additionalFields()::containsKey).count();
    }

    /** Checks that a container answers which nobody but the maker brings; one that could not be read is left to the server. */
    private static void own(ServingComponent component, String or, Problems at) {
        boolean unread = component.additionalFields().containsKey("containers");
        at.require(
                unread || component.pod().flatMap(PodTemplate::image).isPresent(),
                "pod.image",
                "must be set: " + or + "a container of one's own must answer",
                null);
    }
}
