package dev.fairlead.seldon;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes the predictors of a deployment's tree, and nothing else of it. */
final class RolloutEdits {
    private RolloutEdits() {}

    /** Returns the tree with the candidate in it, without traffic. */
    static Map<String, Object> withCandidate(Map<String, Object> tree, RolloutSpec spec) {
        List<Map<String, Object>> predictors = predictors(tree);
        Optional<Map<String, Object>> given = spec.predictor().map(p -> SeldonDeploymentCodec.write(SpecStamp.put(p)));
        Optional<Map<String, Object>> present = named(predictors, spec.candidate());
        if (given.isEmpty() && present.isEmpty()) {
            throw invalid(
                    "candidate",
                    "must be a predictor of '" + spec.deployment() + "', which has " + names(predictors),
                    spec.candidate());
        }
        Map<String, Object> candidate =
                new LinkedHashMap<>(given.or(() -> present).orElseThrow());
        candidate.remove("shadow");
        List<Map<String, Object>> changed = new ArrayList<>(predictors);
        changed.removeIf(p -> spec.candidate().equals(p.get("name")));
        changed.add(present.map(predictors::indexOf).orElse(predictors.size()), candidate);
        return with(tree, changed);
    }

    /** Returns the baseline: the one that is named, or the only one beside the candidate that is no shadow. */
    static String baseline(Map<String, Object> tree, RolloutSpec spec) {
        List<String> others = names(predictors(tree).stream()
                .filter(p -> !Boolean.TRUE.equals(p.get("shadow"))
                        && !spec.candidate().equals(p.get("name")))
                .toList());
        String named = spec.baseline().orElse(others.size() == 1 ? others.get(0) : "");
        if (!others.contains(named)) {
            throw invalid(
                    "baseline",
                    spec.baseline().isPresent()
                            ? "must be one of " + others + ", the predictors that answer beside the candidate"
                            : "must be named, for beside the candidate there are " + others,
                    spec.baseline().orElse("not set"));
        }
        return named;
    }

    /** Returns what two predictors have of the traffic; all of it where nobody says and no third one answers. */
    static int share(Map<String, Object> tree, String baseline, String candidate) {
        List<Map<String, Object>> both = predictors(tree).stream()
                .filter(p -> baseline.equals(p.get("name")) || candidate.equals(p.get("name")))
                .toList();
        int sum = both.stream().mapToInt(p -> Trees.number(p, "traffic", 0)).sum();
        return sum == 0 ? 100 : sum;
    }

    /** Returns the tree with a share of the traffic at the candidate, in percent of that of both. */
    static Map<String, Object> shifted(Map<String, Object> tree, RolloutState state, int percent) {
        int moved = state.share() * percent / 100;
        return with(
                tree,
                predictors(tree).stream()
                        .map(p -> state.candidate().equals(p.get("name"))
                                ? withTraffic(p, moved)
                                : state.baseline().equals(p.get("name")) ? withTraffic(p, state.share() - moved) : p)
                        .toList());
    }

    /** Returns the tree with one of both alone, which has all their traffic; the other's pods end with it. */
    static Map<String, Object> decided(Map<String, Object> tree, RolloutState state, String winner) {
        String loser = winner.equals(state.candidate()) ? state.baseline() : state.candidate();
        return with(
                tree,
                predictors(tree).stream()
                        .filter(p -> !loser.equals(p.get("name")))
                        .map(p -> winner.equals(p.get("name")) ? withTraffic(p, state.share()) : p)
                        .toList());
    }

    /** Tells whether both are still there. */
    static boolean hasBoth(Map<String, Object> tree, RolloutState state) {
        return names(predictors(tree)).containsAll(List.of(state.baseline(), state.candidate()));
    }

    private static List<Map<String, Object>> predictors(Map<String, Object> tree) {
        return Trees.objects(Trees.at(tree, "spec"), "predictors");
    }

    private static Optional<Map<String, Object>> named(List<Map<String, Object>> predictors, String name) {
        return predictors.stream().filter(p -> name.equals(p.get("name"))).findFirst();
    }

    private static List<String> names(List<Map<String, Object>> predictors) {
        return predictors.stream().map(p -> Trees.text(p, "name")).toList();
    }

    private static Map<String, Object> withTraffic(Map<String, Object> predictor, int percent) {
        Map<String, Object> changed = new LinkedHashMap<>(predictor);
        changed.put("traffic", percent);
        return changed;
    }

    private static Map<String, Object> with(Map<String, Object> tree, List<Map<String, Object>> predictors) {
        Map<String, Object> spec = new LinkedHashMap<>(Trees.at(tree, "spec"));
        spec.put("predictors", predictors);
        Map<String, Object> changed = new LinkedHashMap<>(tree);
        changed.put("spec", spec);
        return changed;
    }

    private static InvalidValueException invalid(String field, String rule, String value) {
        return new InvalidValueException("rollout", List.of(new Problem(field, rule, value)));
    }
}
