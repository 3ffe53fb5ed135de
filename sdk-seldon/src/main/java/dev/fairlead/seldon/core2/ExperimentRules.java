package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** What must hold of an experiment. */
final class ExperimentRules {
    private ExperimentRules() {}

    static void check(SeldonExperiment experiment, Problems at) {
        Core2Rules.checkObject(experiment, at);
        Problems spec = at.at("spec");
        boolean left = Core2Rules.holdsList(Core2Rules.specRest(experiment), "candidates");
        spec.require(
                left
                        || !experiment.candidates().isEmpty()
                        || experiment.mirror().isPresent(),
                "candidates",
                "must hold a candidate, unless there is a mirror",
                "none");
        checkCandidates(experiment, spec);
        experiment
                .defaultCandidate()
                .ifPresent(name -> spec.require(
                        left
                                || experiment.candidates().stream()
                                        .anyMatch(c -> c.name().equals(name)),
                        "default",
                        "must be one of the candidates "
                                + experiment.candidates().stream()
                                        .map(ExperimentCandidate::name)
                                        .toList(),
                        name));
        experiment.mirror().ifPresent(mirror -> checkMirror(experiment, mirror, spec));
        experiment
                .resourceType()
                .ifPresent(type -> spec.require(
                        type.isKnown(),
                        "resourceType",
                        "must be one of " + ResourceType.known() + "; Seldon takes any other for model",
                        type));
    }

    private static void checkCandidates(SeldonExperiment experiment, Problems at) {
        Set<String> names = new HashSet<>();
        long sum = 0;
        int i = 0;
        for (ExperimentCandidate candidate : experiment.candidates()) {
            Problems here = at.at("candidates[" + i++ + "]");
            Core2Rules.checkReference("name", candidate.name(), here);
            here.require(
                    names.add(candidate.name()), "name", "must not be that of another candidate", candidate.name());
            Core2Rules.notNegative("weight", OptionalInt.of(candidate.weight()), here);
            sum += candidate.weight();
        }
        at.require(
                names.isEmpty() || sum > 0,
                "candidates",
                "must have a weight above 0 among them: Envoy takes no routes at all with one whose weights are all 0",
                sum);
    }

    private static void checkMirror(SeldonExperiment experiment, ExperimentMirror mirror, Problems at) {
        Core2Rules.checkReference("mirror.name", mirror.name(), at);
        at.require(
                experiment.candidates().stream().noneMatch(c -> c.name().equals(mirror.name())),
                "mirror.name",
                "must not be that of a candidate",
                mirror.name());
        at.require(
                mirror.percent() >= 0 && mirror.percent() <= 100,
                "mirror.percent",
                "must be 0 to 100 percent",
                mirror.percent());
    }
}
