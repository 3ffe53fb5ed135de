package dev.fairlead.seldon.kserve;

import dev.fairlead.seldon.internal.crd.InferenceServiceCodec;
import dev.fairlead.seldon.internal.crd.InferenceServiceStatusCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the very specification the cluster holds answers. KServe's status alone does not tell: until KServe has looked again it is
 * that of the specification before, and its {@code observedGeneration} is another object's.
 */
final class ServiceRollout implements Look<InferenceServiceStatus> {
    /** The label of everything that KServe makes of a service. */
    static final String SERVICE = "serving.kserve.io/inferenceservice";

    /** The label of what Knative makes of a revision. */
    private static final String REVISION = "serving.knative.dev/revision";

    private static final String STALLED = "ProgressDeadlineExceeded";
    private static final List<String> READY = List.of("PredictorReady", "TransformerReady", "ExplainerReady");
    /** How long a failure must last: a container that ended once may do better the next time. */
    private static final Duration FAILED_FOR = Duration.ofSeconds(2);
    /** How long, when it had failed the same way before the change, so that KServe may only not have looked yet. */
    private static final Duration FAILED_ALREADY_FOR = Duration.ofSeconds(10);

    private final KubeAccess kube;
    private final Clock clock;
    private final String namespace;
    private final String name;
    private final @Nullable LoadFailure failedBefore;
    private volatile @Nullable Instant failedSince;

    /** Creates the look; {@code failedBefore} is the failure reported before the change, if any. */
    ServiceRollout(KubeAccess kube, Clock clock, String namespace, String name, @Nullable LoadFailure failedBefore) {
        this.kube = kube;
        this.clock = clock;
        this.namespace = namespace;
        this.name = name;
        this.failedBefore = failedBefore;
    }

    static String id(String namespace, String name) {
        return namespace + "/" + name;
    }

    static String what(String namespace, String name) {
        return "kserve rollout of " + namespace + "/" + name;
    }

    @Override
    public Seen<InferenceServiceStatus> look(Deadline deadline) {
        Optional<Map<String, Object>> object = kube.find(InferenceServiceCodec.KIND, namespace, name);
        if (object.isEmpty()) {
            return failed("Deleted", new LoadFailure("Deleted", "the inference service was deleted", "", 0));
        }
        InferenceService wanted = InferenceService.fromTree(object.get());
        InferenceServiceStatus status = InferenceServiceStatusCodec.read(object.get());
        Optional<LoadFailure> failure = failureOf(status);
        if (failure.isPresent()) {
            return whenFailing(status, failure.get());
        }
        failedSince = null;
        String missing = missing(wanted, status);
        return missing.isEmpty()
                ? new Seen.Done<>(status)
                : new Seen.Pending<>(status.transition().value(), missing);
    }

    /** Returns the failure that a status reports as lasting, whosever specification it is of. */
    static Optional<LoadFailure> failureOf(InferenceServiceStatus status) {
        if (status.transition().isFailure()) {
            return status.lastFailure()
                    .or(() -> Optional.of(new LoadFailure(status.transition().value(), "", "", 0)));
        }
        return status.conditions().stream()
                .filter(c ->
                        READY.contains(c.type()) && !c.holds() && c.reason().equals(STALLED))
                .map(c -> new LoadFailure(c.reason(), c.message(), c.type(), 0))
                .findFirst();
    }

    private Seen<InferenceServiceStatus> whenFailing(InferenceServiceStatus status, LoadFailure failure) {
        Instant since = failedSince == null ? clock.instant() : failedSince;
        failedSince = since;
        Duration patience = failure.equals(failedBefore) ? FAILED_ALREADY_FOR : FAILED_FOR;
        return clock.instant().isBefore(since.plus(patience))
                ? new Seen.Pending<>(status.transition().value(), failure.toString())
                : failed(status.transition().value(), failure);
    }

    /** Returns what is missing; empty when everything of this specification answers. */
    private String missing(InferenceService wanted, InferenceServiceStatus status) {
        boolean shared = status.deploymentMode()
                .filter(DeploymentMode.MODEL_MESH::equals)
                .isPresent();
        String pods = shared ? "" : missingPods(wanted, status);
        if (!pods.isEmpty()) {
            return pods;
        }
        if (!status.transition().equals(TransitionStatus.UP_TO_DATE)) {
            return "the model is "
                    + (status.targetModelState().isEmpty() ? "not loaded yet" : status.targetModelState());
        }
        if (!status.isReady()) {
            return status.conditions().stream()
                    .filter(c -> !c.holds())
                    .map(c -> c.type() + " is " + c.status() + (c.message().isEmpty() ? "" : ": " + c.message()))
                    .findFirst()
                    .orElse("KServe has not looked yet");
        }
        return missingTraffic(wanted, status);
    }

    private String missingPods(InferenceService wanted, InferenceServiceStatus status) {
        List<Map<String, Object>> made = kube.list(KubeAccess.Kind.DEPLOYMENT, namespace, SERVICE + "=" + name).stream()
                .toList();
        for (Map.Entry<String, ServingComponent> component : components(wanted).entrySet()) {
            String stamp = component.getValue().annotations().get(ComponentStamp.KEY);
            List<Map<String, Object>> mine = made.stream()
                    .filter(d -> stamp == null ? isOf(d, component.getKey()) : stamp.equals(stampOn(d)))
                    .toList();
            if (mine.isEmpty()) {
                return component.getKey() + ": KServe has not taken up the specification yet";
            }
            for (Map<String, Object> deployment : mine) {
                String missing = missing(deployment);
                if (!missing.isEmpty()) {
                    return component.getKey() + ": " + missing;
                }
            }
            String unseen = unseenRevision(mine, status.components().get(component.getKey()));
            if (!unseen.isEmpty()) {
                return component.getKey() + ": KServe has not seen yet that revision " + unseen + " is ready";
            }
        }
        return "";
    }

    /** With Knative each Deployment is a revision's, and KServe says which one it has seen ready. */
    private static String unseenRevision(
            List<Map<String, Object>> deployments, InferenceServiceStatus.@Nullable Component seen) {
        List<String> revisions = deployments.stream()
                .map(d -> Trees.text(Trees.at(d, "metadata", "labels"), REVISION))
                .filter(revision -> !revision.isEmpty())
                .toList();
        boolean known = revisions.isEmpty() || (seen != null && revisions.contains(seen.latestReadyRevision()));
        return known ? "" : revisions.get(revisions.size() - 1);
    }

    private static Map<String, ServingComponent> components(InferenceService service) {
        Map<String, ServingComponent> components = new LinkedHashMap<>();
        components.put("predictor", service.predictor());
        service.transformer().ifPresent(t -> components.put("transformer", t));
        service.explainer().ifPresent(e -> components.put("explainer", e));
        return components;
    }

    private static boolean isOf(Map<String, Object> deployment, String component) {
        return component.equals(Trees.at(deployment, "metadata", "labels").get("component"));
    }

    private static String stampOn(Map<String, Object> deployment) {
        return Trees.text(Trees.at(deployment, "spec", "template", "metadata", "annotations"), ComponentStamp.KEY);
    }

    private static String missing(Map<String, Object> deployment) {
        Map<String, Object> status = Trees.at(deployment, "status");
        int generation = Trees.number(Trees.at(deployment, "metadata"), "generation", 0);
        int wanted = Trees.number(Trees.at(deployment, "spec"), "replicas", 1);
        int updated = Trees.number(status, "updatedReplicas", 0);
        int available = Trees.number(status, "availableReplicas", 0);
        int all = Trees.number(status, "replicas", 0);
        if (Trees.number(status, "observedGeneration", 0) < generation || updated < wanted || available < wanted) {
            return Math.min(updated, available) + " of " + wanted + " pods are available";
        }
        return all > updated ? (all - updated) + " old pods are still there" : "";
    }

    /** Knative splits the traffic after the pods are there; where there is no revision to share with, the newest gets it all. */
    private static String missingTraffic(InferenceService wanted, InferenceServiceStatus status) {
        int asked = wanted.predictor().canaryTrafficPercent().orElse(100);
        InferenceServiceStatus.Component predictor = status.components().get("predictor");
        if (predictor == null || predictor.traffic().isEmpty()) {
            return "";
        }
        int got = predictor.traffic().getAsInt();
        boolean alone = predictor.previousRolledoutRevision().isEmpty()
                && predictor.latestRolledoutRevision().equals(predictor.latestReadyRevision());
        return got == asked || (got == 100 && alone)
                ? ""
                : "the newest revision gets " + got + " % of the traffic, not " + asked + " % yet";
    }

    private Seen<InferenceServiceStatus> failed(String state, LoadFailure failure) {
        return new Seen.Failed<>(
                new InferenceServiceFailedException(what(namespace, name), id(namespace, name), state, failure));
    }
}
