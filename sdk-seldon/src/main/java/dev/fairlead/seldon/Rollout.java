package dev.fairlead.seldon;

import dev.fairlead.error.OperationException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.seldon.RolloutFailure.Kind;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.StatusCodec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the very specification the cluster holds is running. The operator's own state does not tell: it says Available through a
 * whole rolling update, and of the last specification it looked at.
 */
final class Rollout implements Look<SeldonDeploymentStatus> {
    /** How long the operator's Failed must last: it reports passing troubles the same way. */
    private static final Duration FAILED_FOR = Duration.ofSeconds(2);
    /** How long, when it was Failed already before the change, so that it may only not have looked yet. */
    private static final Duration FAILED_ALREADY_FOR = Duration.ofSeconds(10);
    /** What it says while it deletes what a removed predictor had. */
    private static final Pattern NOT_FOUND = Pattern.compile(".* \"[^\"]+\" not found");
    /** How long a pod may find no node: others may just be leaving one. */
    private static final Duration UNSCHEDULED_FOR = Duration.ofSeconds(10);

    private final KubeAccess kube;
    private final Clock clock;
    private final String namespace;
    private final String name;
    private final PodDiagnosis diagnosis;
    private final @Nullable String failedBefore;
    private volatile @Nullable Instant failedSince;
    private volatile @Nullable Instant unscheduledSince;

    /** Creates the look; {@code failedBefore} is the failure reported before the change, if any. */
    Rollout(KubeAccess kube, Clock clock, String namespace, String name, @Nullable String failedBefore) {
        this.kube = kube;
        this.clock = clock;
        this.namespace = namespace;
        this.name = name;
        this.failedBefore = failedBefore;
        this.diagnosis = new PodDiagnosis(kube, namespace);
    }

    static String id(String namespace, String name) {
        return namespace + "/" + name;
    }

    static String what(String namespace, String name) {
        return "seldon rollout of " + namespace + "/" + name;
    }

    @Override
    public Seen<SeldonDeploymentStatus> look(Deadline deadline) {
        Optional<Map<String, Object>> object = kube.find(SeldonDeploymentCodec.KIND, namespace, name);
        if (object.isEmpty()) {
            return failed(new RolloutFailure(Kind.DELETED, "", "", "", "the deployment was deleted", ""), "");
        }
        SeldonDeployment wanted = SeldonDeployment.fromTree(object.get());
        SeldonDeploymentStatus status = StatusCodec.read(object.get());
        List<Map<String, Object>> made = kube
                .list(
                        KubeAccess.Kind.DEPLOYMENT,
                        namespace,
                        SeldonNames.DEPLOYMENT_ID + "=" + SeldonNames.deploymentId(name))
                .stream()
                .toList();
        DeploymentProgress progress = DeploymentProgress.of(wanted, made);
        if (progress.broken().isPresent()) {
            return broken(progress.broken().get());
        }
        Seen<SeldonDeploymentStatus> seen =
                progress.complete() ? whenComplete(status, progress) : whenIncomplete(status, progress);
        return status.state().equals(DeploymentState.FAILED) ? orFailed(status, seen) : withoutFailure(seen);
    }

    private Seen<SeldonDeploymentStatus> whenComplete(SeldonDeploymentStatus status, DeploymentProgress progress) {
        unscheduledSince = null;
        if (!status.state().equals(DeploymentState.AVAILABLE) && !progress.idle()) {
            return pending(status, "all pods are available, the operator has not said so yet");
        }
        return progress.leftovers().stream()
                .filter(left -> status.replicas().containsKey(left) || removed(left))
                .findFirst()
                .map(left -> pending(status, "Deployment " + left + " of a removed predictor is still to end"))
                .orElseGet(() -> new Seen.Done<>(status));
    }

    /** Deletes a Deployment that the operator forgot, since its predictor was removed before its status held it. */
    private boolean removed(String left) {
        try {
            return kube.delete(KubeAccess.Kind.DEPLOYMENT, namespace, left);
        } catch (PermissionException othersMust) {
            return false;
        }
    }

    private Seen<SeldonDeploymentStatus> whenIncomplete(SeldonDeploymentStatus status, DeploymentProgress progress) {
        List<Map<String, Object>> pods = kube
                .list(KubeAccess.Kind.POD, namespace, SeldonNames.DEPLOYMENT_ID + "=" + SeldonNames.deploymentId(name))
                .stream()
                .filter(pod -> !PodDiagnosis.isLeaving(pod) && !PodDiagnosis.isReady(pod))
                .toList();
        PodDiagnosis.Finding worst = null;
        for (Map<String, Object> pod : pods) {
            Optional<String> predictor = progress.predictorOf(pod);
            Optional<PodDiagnosis.Finding> found = predictor.flatMap(p -> diagnosis.of(pod, p));
            if (found.isPresent() && (worst == null || found.get().certain())) {
                worst = found.get();
                if (worst.certain() && !isScheduling(worst)) {
                    return failed(worst.failure(), diagnosis.log(worst));
                }
            }
        }
        return worst == null ? pending(status, progress.detail()) : whenDoubtful(status, worst);
    }

    private static boolean isScheduling(PodDiagnosis.Finding finding) {
        return finding.failure().kind() == Kind.NO_GPU || finding.failure().kind() == Kind.UNSCHEDULABLE;
    }

    private Seen<SeldonDeploymentStatus> whenDoubtful(SeldonDeploymentStatus status, PodDiagnosis.Finding finding) {
        if (isScheduling(finding) && finding.certain()) {
            Instant since = unscheduledSince == null ? clock.instant() : unscheduledSince;
            unscheduledSince = since;
            if (lasted(since, UNSCHEDULED_FOR)) {
                return failed(finding.failure(), "");
            }
        }
        return pending(status, finding.failure().summary());
    }

    /** The Deployment itself says that it cannot go on; a pod may tell why. */
    private Seen<SeldonDeploymentStatus> broken(RolloutFailure failure) {
        List<Map<String, Object>> pods = kube
                .list(KubeAccess.Kind.POD, namespace, SeldonNames.DEPLOYMENT_ID + "=" + SeldonNames.deploymentId(name))
                .stream()
                .filter(pod -> !PodDiagnosis.isLeaving(pod) && !PodDiagnosis.isReady(pod))
                .toList();
        for (Map<String, Object> pod : pods) {
            Optional<PodDiagnosis.Finding> found = diagnosis.of(pod, failure.predictor());
            if (found.isPresent()) {
                return failed(found.get().failure(), diagnosis.log(found.get()));
            }
        }
        return failed(failure, "");
    }

    private Seen<SeldonDeploymentStatus> orFailed(SeldonDeploymentStatus status, Seen<SeldonDeploymentStatus> seen) {
        if (seen instanceof Seen.Failed) {
            return seen;
        }
        Instant since = failedSince == null ? clock.instant() : failedSince;
        failedSince = since;
        boolean passing = status.description().equals(failedBefore)
                || NOT_FOUND.matcher(status.description()).matches();
        Duration patience = passing ? FAILED_ALREADY_FOR : FAILED_FOR;
        if (!lasted(since, patience)) {
            return pending(status, status.description());
        }
        return failed(
                new RolloutFailure(Kind.REJECTED, "", "", "", "the operator reports: " + status.description(), ""), "");
    }

    private Seen<SeldonDeploymentStatus> withoutFailure(Seen<SeldonDeploymentStatus> seen) {
        failedSince = null;
        return seen;
    }

    private boolean lasted(Instant since, Duration duration) {
        return !clock.instant().isBefore(since.plus(duration));
    }

    private static Seen<SeldonDeploymentStatus> pending(SeldonDeploymentStatus status, String detail) {
        return new Seen.Pending<>(status.state().value(), detail);
    }

    private Seen<SeldonDeploymentStatus> failed(RolloutFailure failure, String log) {
        OperationException exception =
                new RolloutFailedException(what(namespace, name), failure, id(namespace, name), log);
        return new Seen.Failed<>(exception);
    }
}
