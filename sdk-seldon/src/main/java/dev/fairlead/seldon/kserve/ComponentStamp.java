package dev.fairlead.seldon.kserve;

import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.seldon.internal.kube.TreeDigest;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Marks each component with a digest of its specification. KServe copies a component's annotations to its pods, so that the mark on them
 * tells which specification they are of; KServe's own status tells only of the one it looked at last.
 *
 * <p>Replicas and shares of traffic are left out, for they change no pod.
 */
final class ComponentStamp {
    /** The annotation. */
    static final String KEY = "fairlead.dev/component-spec";

    private static final List<String> NO_PODS =
            List.of("minReplicas", "maxReplicas", "scaleTarget", "scaleMetric", "canaryTrafficPercent");

    private ComponentStamp() {}

    static InferenceService put(InferenceService service) {
        InferenceService plain = remove(service);
        Map<String, Object> tree = plain.toTree();
        InferenceService.Builder builder = plain.toBuilder();
        builder.predictor(plain.predictor().with(b -> b.putAnnotation(KEY, of(tree, "predictor"))));
        plain.transformer()
                .ifPresent(t -> builder.transformer(t.with(b -> b.putAnnotation(KEY, of(tree, "transformer")))));
        plain.explainer().ifPresent(e -> builder.explainer(e.with(b -> b.putAnnotation(KEY, of(tree, "explainer")))));
        return builder.build();
    }

    /** Returns the service as its maker wrote it. */
    static InferenceService remove(InferenceService service) {
        InferenceService.Builder builder = service.toBuilder();
        if (service.predictor() != null) {
            builder.predictor(ValueBuilder.<InferencePredictor>partOf(
                    service.predictor().toBuilder().annotations(others(service.predictor()))));
        }
        service.transformer()
                .ifPresent(t -> builder.transformer(
                        ValueBuilder.<InferenceTransformer>partOf(t.toBuilder().annotations(others(t)))));
        service.explainer()
                .ifPresent(e -> builder.explainer(
                        ValueBuilder.<InferenceExplainer>partOf(e.toBuilder().annotations(others(e)))));
        return ValueBuilder.partOf(builder);
    }

    private static Map<String, String> others(ServingComponent component) {
        Map<String, String> others = new TreeMap<>(component.annotations());
        others.remove(KEY);
        return others;
    }

    /** What the pods get of the service as a whole counts too. */
    private static String of(Map<String, Object> service, String component) {
        Map<String, Object> part = Trees.copy(Trees.at(service, "spec", component));
        NO_PODS.forEach(part::remove);
        Map<String, Object> whole = new TreeMap<>();
        whole.put(component, part);
        whole.put("labels", Trees.at(service, "metadata", "labels"));
        whole.put("annotations", Trees.at(service, "metadata", "annotations"));
        return TreeDigest.of(whole);
    }
}
