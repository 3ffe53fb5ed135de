package dev.fairlead.seldon;

import dev.fairlead.error.MlPlatformException;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.seldon.internal.kube.TreeDigest;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.ValueBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Marks each predictor with a digest of its specification. The operator copies a predictor's annotations to its Deployments and pods, so
 * that the mark on them tells which specification they are of; Seldon itself never says.
 *
 * <p>Traffic and replicas are left out, for they change no pod. Whatever else changes a predictor changes its pods anyway, since the
 * operator hands the whole predictor to the orchestrator's container: the mark restarts nothing that would not have been restarted.
 */
final class SpecStamp {
    /** The annotation. */
    static final String KEY = "fairlead.dev/predictor-spec";

    private SpecStamp() {}

    static SeldonDeployment put(SeldonDeployment deployment) {
        List<PredictorSpec> stamped =
                deployment.predictors().stream().map(SpecStamp::put).toList();
        return deployment.with(b -> b.predictors(stamped));
    }

    static PredictorSpec put(PredictorSpec predictor) {
        return predictor.with(b -> b.putAnnotation(KEY, of(predictor)));
    }

    /** Returns the deployment as its maker wrote it. */
    static SeldonDeployment remove(SeldonDeployment deployment) {
        if (deployment.predictors().stream().noneMatch(p -> p.annotations().containsKey(KEY))) {
            return deployment;
        }
        List<PredictorSpec> plain =
                deployment.predictors().stream().map(SpecStamp::remove).toList();
        return ValueBuilder.partOf(deployment.toBuilder().predictors(plain));
    }

    private static PredictorSpec remove(PredictorSpec predictor) {
        Map<String, String> others = new TreeMap<>(predictor.annotations());
        others.remove(KEY);
        return ValueBuilder.partOf(predictor.toBuilder().annotations(others));
    }

    private static String of(PredictorSpec predictor) {
        Map<String, Object> tree = SeldonDeploymentCodec.write(predictor);
        tree.remove("traffic");
        tree.remove("replicas");
        if (tree.get("annotations") instanceof Map<?, ?> annotations) {
            annotations.remove(KEY);
            if (annotations.isEmpty()) {
                tree.remove("annotations");
            }
        }
        return TreeDigest.of(tree);
    }

    /** Returns the mark an object carries: as an annotation, or, for an orchestrator of its own, in the predictor it was handed. */
    static Optional<String> on(Map<String, Object> object) {
        Optional<String> mark = Optional.of(Trees.text(Trees.at(object, "metadata", "annotations"), KEY))
                .filter(s -> !s.isEmpty());
        return mark.isPresent() ? mark : handed(object);
    }

    private static Optional<String> handed(Map<String, Object> object) {
        Map<String, Object> spec = Trees.at(object, "spec");
        Map<String, Object> pod = spec.containsKey("template") ? Trees.at(spec, "template", "spec") : spec;
        return Trees.objects(pod, "containers").stream()
                .filter(c -> Planner.ENGINE.equals(c.get("name")))
                .flatMap(c -> Trees.objects(c, "env").stream())
                .filter(e -> "ENGINE_PREDICTOR".equals(e.get("name")))
                .map(e -> handed(Trees.text(e, "value")))
                .filter(s -> !s.isEmpty())
                .findFirst();
    }

    private static String handed(String predictor) {
        try {
            Map<String, Object> tree =
                    JsonCodec.camelCase().object(Base64.getDecoder().decode(predictor), "predictor");
            return Trees.text(Trees.at(tree, "annotations"), KEY);
        } catch (IllegalArgumentException | MlPlatformException notOurs) {
            return "";
        }
    }
}
