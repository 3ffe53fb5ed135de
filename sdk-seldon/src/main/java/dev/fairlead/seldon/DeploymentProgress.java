package dev.fairlead.seldon;

import dev.fairlead.seldon.RolloutFailure.Kind;
import dev.fairlead.seldon.internal.crd.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far the operator's Deployments are from what a specification asks for. */
final class DeploymentProgress {
    private final List<String> details = new ArrayList<>();
    private final Map<String, String> predictorByStamp = new HashMap<>();
    private final List<String> unstamped = new ArrayList<>();
    private final List<String> leftovers = new ArrayList<>();
    private @Nullable RolloutFailure broken;
    private boolean idle;

    private final Supplier<List<Map<String, Object>>> replicaSets;
    private final Standstill standstill;

    private DeploymentProgress(Supplier<List<Map<String, Object>>> replicaSets, Standstill standstill) {
        this.replicaSets = replicaSets;
        this.standstill = standstill;
    }

    static DeploymentProgress of(
            SeldonDeployment wanted,
            List<Map<String, Object>> made,
            Supplier<List<Map<String, Object>>> replicaSets,
            Standstill standstill) {
        DeploymentProgress progress = new DeploymentProgress(replicaSets, standstill);
        for (PredictorSpec predictor : wanted.predictors()) {
            progress.predictor(wanted, predictor, made);
        }
        progress.leftovers(wanted, made);
        return progress;
    }

    /** Collects the Deployments that are of no predictor any more; the operator takes them away once the others run. */
    private void leftovers(SeldonDeployment wanted, List<Map<String, Object>> made) {
        Set<String> predictors = wanted.predictors().stream()
                .map(p -> p.labels()
                        .getOrDefault("version", p.name())) // the operator's label, unless the predictor has its own
                .collect(Collectors.toSet());
        made.stream()
                .filter(d -> !predictors.contains(Trees.text(Trees.at(d, "metadata", "labels"), "version")))
                .filter(d -> Trees.objects(Trees.at(d, "metadata"), "ownerReferences").stream()
                        .anyMatch(owner -> "SeldonDeployment".equals(owner.get("kind"))))
                .map(PodDiagnosis::name)
                .forEach(leftovers::add);
    }

    /** Returns the Deployments of predictors that were removed. */
    List<String> leftovers() {
        return leftovers;
    }

    boolean complete() {
        return details.isEmpty() && broken == null;
    }

    /** Tells whether a Deployment is to have no pods: then the operator never says Available. */
    boolean idle() {
        return idle;
    }

    String detail() {
        return String.join("; ", details);
    }

    /** Returns what a Deployment says it cannot get over. */
    Optional<RolloutFailure> broken() {
        return Optional.ofNullable(broken);
    }

    /** Returns the predictor a pod is of; empty for a pod of an older specification. */
    Optional<String> predictorOf(Map<String, Object> pod) {
        Optional<String> stamp = SpecStamp.on(pod);
        if (stamp.isPresent()) {
            return Optional.ofNullable(predictorByStamp.get(stamp.get()));
        }
        String version = Trees.text(Trees.at(pod, "metadata", "labels"), "version");
        return unstamped.isEmpty() ? Optional.empty() : Optional.of(unstamped.contains(version) ? version : "");
    }

    private void predictor(SeldonDeployment wanted, PredictorSpec predictor, List<Map<String, Object>> made) {
        String stamp = predictor.annotations().get(SpecStamp.KEY);
        if (stamp == null) {
            unstamped.add(predictor.name());
        } else {
            predictorByStamp.put(stamp, predictor.name());
        }
        List<Map<String, Object>> mine =
                made.stream().filter(d -> isOf(d, wanted, predictor, stamp)).toList();
        List<PlannedObject> planned = Planner.objects(wanted, OperatorSettings.defaults()).stream()
                .filter(o -> o.kind().equals("Deployment") && o.predictor().equals(predictor.name()))
                .toList();
        if (mine.size() < Math.max(1, planned.size())) {
            details.add("predictor '" + predictor.name() + "': the operator has not taken up the specification yet");
        }
        for (Map<String, Object> deployment : mine) {
            OptionalInt asked = planned.stream()
                    .filter(o -> o.name().equals(PodDiagnosis.name(deployment)))
                    .map(PlannedObject::replicas)
                    .findFirst()
                    .orElse(OptionalInt.empty());
            deployment(predictor, deployment, isSaid(wanted, predictor) ? asked : OptionalInt.empty());
        }
    }

    /** Tells whether anybody says how many pods run; where nobody does, the operator keeps what there is. */
    private static boolean isSaid(SeldonDeployment wanted, PredictorSpec predictor) {
        return wanted.replicas().isPresent() || predictor.replicas().isPresent();
    }

    /** Tells whether a Deployment is of a predictor as it is specified now; without a mark, by its name alone. */
    private static boolean isOf(
            Map<String, Object> deployment, SeldonDeployment wanted, PredictorSpec predictor, @Nullable String stamp) {
        if (stamp != null) {
            return SpecStamp.on(deployment).equals(Optional.of(stamp));
        }
        String name = PodDiagnosis.name(deployment);
        String service = SeldonNames.service(wanted.name(), predictor);
        String app = Trees.text(Trees.at(deployment, "metadata", "labels"), "seldon-app");
        return app.equals(service) || name.startsWith(wanted.name() + "-" + predictor.name() + "-");
    }

    private void deployment(PredictorSpec predictor, Map<String, Object> deployment, OptionalInt asked) {
        Map<String, Object> spec = Trees.at(deployment, "spec");
        String place = "predictor '" + predictor.name() + "'";
        int replicas = Trees.number(spec, "replicas", 1);
        idle |= replicas == 0;
        if (asked.isPresent() && asked.getAsInt() != replicas) {
            details.add(place + ": the operator has not changed the replicas to " + asked.getAsInt() + " yet");
            return;
        }
        int before = details.size();
        Optional<PodCounts> counts = PodCounts.of(deployment, replicaSets);
        counts.ifPresentOrElse(
                c -> counts(predictor, place, c, replicas),
                () -> details.add(place + ": the cluster has not looked at the new pods yet"));
        if (details.size() > before && broken == null) {
            standstill
                    .passedDeadline(deployment, counts)
                    .ifPresent(deadline -> broken = stalled(
                            predictor,
                            "nothing has moved for longer than the progress deadline of " + deadline.toSeconds()
                                    + " s"));
        }
    }

    private void counts(PredictorSpec predictor, String place, PodCounts counts, int replicas) {
        conditions(predictor, counts.conditions());
        int updated = counts.updated();
        int present = counts.present();
        int available = counts.available();
        if (updated < replicas || available < updated) {
            details.add(place + ": " + Math.min(updated, available) + " of " + replicas + " pods available");
        } else if (present > updated) {
            details.add(place + ": " + (present - updated) + " older pods still to end"
                    + (available < present ? ", " + (present - available) + " of " + present + " not available" : ""));
        }
    }

    private void conditions(PredictorSpec predictor, List<Map<String, Object>> conditions) {
        for (Map<String, Object> condition : conditions) {
            String type = Trees.text(condition, "type");
            String message = Trees.text(condition, "message");
            if (type.equals("ReplicaFailure") && "True".equals(condition.get("status"))) {
                boolean quota = message.contains("exceeded quota");
                broken = new RolloutFailure(
                        quota ? Kind.QUOTA : Kind.REJECTED,
                        predictor.name(),
                        "",
                        "",
                        "the cluster refuses the pods: " + message,
                        quota ? "ask for less, or raise the namespace's quota" : "");
            } else if (type.equals("Progressing") && "ProgressDeadlineExceeded".equals(condition.get("reason"))) {
                broken = stalled(predictor, message);
            }
        }
    }

    private static RolloutFailure stalled(PredictorSpec predictor, String message) {
        return new RolloutFailure(
                Kind.STALLED,
                predictor.name(),
                "",
                "",
                message,
                "a longer progressDeadline helps where pods are only slow to start");
    }
}
