package dev.fairlead.seldon;

import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.OperationException;
import dev.fairlead.seldon.RolloutFailure.Kind;
import dev.fairlead.seldon.internal.crd.StatusCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.spi.Poller.WatchedLook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the very specification the cluster holds is running. The operator's own state does not tell: it says Available through a
 * whole rolling update, and of the last specification it looked at.
 */
final class Rollout implements WatchedLook<SeldonDeploymentStatus> {
    /** How long the operator's Failed must last: it reports passing troubles the same way. */
    private static final Duration FAILED_FOR = Duration.ofSeconds(2);
    /** How long, when it was Failed already before the change, so that it may only not have looked yet. */
    private static final Duration FAILED_ALREADY_FOR = Duration.ofSeconds(10);
    /** How long, when it only says that the operator's view of the cluster is old or that it cannot reach it; seen after an API server's crash. */
    private static final Duration FAILED_IN_PASSING_FOR = Duration.ofSeconds(30);

    private static final String READY = "Ready";
    private static final Pattern IN_PASSING = Pattern.compile(
            "already exists|\" not found$|has been modified|connection re(fused|set)|[tT]imeout|timed out|EOF");
    /** How long a pod may find no node: others may just be leaving one. */
    private static final Duration UNSCHEDULED_FOR = Duration.ofSeconds(10);

    private final KubeAccess kube;
    private final Clock clock;
    private final Start start;
    private final String namespace;
    private final String name;
    private final PodDiagnosis diagnosis;
    private final RolloutSource reading;
    private final OperatorRepairs repairs;
    private final @Nullable RolloutUndo undo;
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private final Standstill standstill;
    private final Deque<RolloutViews> views = new ConcurrentLinkedDeque<>();
    private volatile @Nullable String since;
    private volatile @Nullable Instant failedSince;
    private volatile @Nullable Instant unscheduledSince;
    private volatile String lastState = "unknown";
    private volatile String cancelled = "";
    private volatile boolean cancelling;

    /**
     * Says what is followed.
     *
     * @param failedBefore the failure reported before the change, if any
     * @param version the {@code resourceVersion} of the server's answer to the change; {@code null} where another process made it
     */
    record Start(
            String namespace,
            String name,
            @Nullable String failedBefore,
            @Nullable String version) {
        /** Follows an object as it was answered; a failure it reports already may be an older one's. */
        static Start of(Map<String, Object> object) {
            SeldonDeploymentStatus before = StatusCodec.read(object);
            String failed = before.state().equals(DeploymentState.FAILED) ? before.description() : null;
            return new Start(before.namespace(), before.name(), failed, versionOf(object));
        }
    }

    Rollout(KubeAccess kube, Clock clock, Start start, @Nullable RolloutUndo undo) {
        this.undo = undo;
        this.kube = kube;
        this.clock = clock;
        this.start = start;
        this.namespace = start.namespace();
        this.name = start.name();
        this.since = start.version();
        this.standstill = new Standstill(clock);
        this.diagnosis = new PodDiagnosis(kube, namespace);
        this.reading = RolloutSource.reading(kube, namespace, name);
        this.repairs = new OperatorRepairs(kube, namespace, name);
    }

    static String id(String namespace, String name) {
        return namespace + "/" + name;
    }

    static String what(String namespace, String name) {
        return "seldon rollout of " + namespace + "/" + name;
    }

    private static String versionOf(Map<String, Object> object) {
        return Trees.text(Trees.at(object, "metadata"), "resourceVersion");
    }

    @Override
    public Runnable begin(Runnable again) {
        RolloutViews opened = new RolloutViews(kube, namespace, name, again);
        views.add(opened);
        waiting.add(again);
        return () -> {
            waiting.remove(again);
            views.remove(opened);
            opened.close();
        };
    }

    /** Takes the change back; see {@link SeldonDeployments#deploy}. */
    void cancel() {
        if (undo == null) {
            throw new UnsupportedOperationException(what(namespace, name)
                    + " was attached to, and what was before it is not known here: deploy the specification that is wanted, or"
                    + " delete the deployment");
        }
        if (!undo.hasChanged()) {
            return;
        }
        cancelling = true;
        try {
            cancelled = undo.run();
        } finally {
            cancelling = false;
            waiting.forEach(Runnable::run);
        }
    }

    @Override
    public Seen<SeldonDeploymentStatus> look(Deadline deadline) {
        if (cancelling) {
            return new Seen.Pending<>(lastState, "it is being cancelled");
        }
        if (!cancelled.isEmpty()) {
            return failed(new RolloutFailure(Kind.CANCELLED, "", "", "", "it was cancelled: " + cancelled, ""), "");
        }
        try {
            RolloutViews watched = views.peekLast();
            Seen<SeldonDeploymentStatus> seen =
                    watched == null || watched.isForbidden() ? judge(reading) : lookAt(watched);
            if (seen instanceof Seen.Pending<SeldonDeploymentStatus> pending) {
                lastState = pending.state();
            }
            return seen;
        } catch (MlPlatformException e) {
            if (!e.retryable()) {
                throw e;
            }
            return new Seen.Pending<>(lastState, "the cluster cannot be asked now: " + e.getMessage());
        }
    }

    private Seen<SeldonDeploymentStatus> lookAt(RolloutViews watched) {
        Optional<MlPlatformException> trouble = watched.trouble();
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        if (since == null) {
            since = reading.object().map(Rollout::versionOf).orElse("");
        }
        if (!watched.isUpTo(Objects.requireNonNull(since))) {
            return new Seen.Pending<>(lastState, "the cluster has not told yet");
        }
        // what is not there may only not have been told yet
        return watched.object().isPresent() || reading.object().isEmpty()
                ? judge(watched)
                : new Seen.Pending<>(lastState, "the cluster has not told yet");
    }

    private Seen<SeldonDeploymentStatus> judge(RolloutSource source) {
        Optional<Map<String, Object>> object = source.object();
        if (object.isEmpty()) {
            return failed(new RolloutFailure(Kind.DELETED, "", "", "", "the deployment was deleted", ""), "");
        }
        SeldonDeployment wanted = SeldonDeployment.fromTree(object.get());
        SeldonDeploymentStatus status = StatusCodec.read(object.get());
        DeploymentProgress progress =
                DeploymentProgress.of(wanted, made(source, object.get()), source::replicaSets, standstill);
        if (progress.broken().isPresent()) {
            return broken(source, progress.broken().get());
        }
        Seen<SeldonDeploymentStatus> seen =
                progress.complete() ? whenComplete(status, progress) : whenIncomplete(source, status, progress);
        if (!status.state().equals(DeploymentState.FAILED)) {
            return withoutFailure(seen);
        }
        return repairs.forgetService(object.get()) ? pending(status, status.description()) : orFailed(status, seen);
    }

    /** Returns the Deployments of this very object; those of one that had its name before may still be going. */
    private static List<Map<String, Object>> made(RolloutSource source, Map<String, Object> object) {
        Object uid = Trees.at(object, "metadata").get("uid");
        return source.deployments().stream()
                .filter(d -> Trees.objects(Trees.at(d, "metadata"), "ownerReferences").stream()
                        .filter(owner -> "SeldonDeployment".equals(owner.get("kind")))
                        .allMatch(owner ->
                                owner.get("uid") == null || owner.get("uid").equals(uid)))
                .toList();
    }

    private Seen<SeldonDeploymentStatus> whenComplete(SeldonDeploymentStatus status, DeploymentProgress progress) {
        unscheduledSince = null;
        if (!status.state().equals(DeploymentState.AVAILABLE) && !progress.idle()) {
            return pending(status, "all pods are available, the operator has not said so yet");
        }
        if (!progress.idle() && status.condition(READY).filter(c -> !c.holds()).isPresent()) {
            return pending(status, "all pods are available, what leads to them is not: " + notReady(status));
        }
        return progress.leftovers().stream()
                .filter(left -> status.replicas().containsKey(left) || repairs.delete(left))
                .findFirst()
                .map(left -> pending(status, "Deployment " + left + " of a removed predictor is still to end"))
                .orElseGet(() -> new Seen.Done<>(status));
    }

    private static String notReady(SeldonDeploymentStatus status) {
        return status.conditions().stream()
                .filter(c -> !c.holds() && !c.type().equals(READY))
                .map(SeldonDeploymentStatus.Condition::type)
                .collect(Collectors.joining(", "));
    }

    private static List<Map<String, Object>> unready(RolloutSource source) {
        return source.pods().stream()
                .filter(pod -> !PodDiagnosis.isLeaving(pod) && !PodDiagnosis.isReady(pod))
                .toList();
    }

    private Seen<SeldonDeploymentStatus> whenIncomplete(
            RolloutSource source, SeldonDeploymentStatus status, DeploymentProgress progress) {
        PodDiagnosis.Finding worst = null;
        for (Map<String, Object> pod : unready(source)) {
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
        if (isScheduling(finding)) {
            Instant from = unscheduledSince == null ? clock.instant() : unscheduledSince;
            unscheduledSince = from;
            if (lasted(from, UNSCHEDULED_FOR)) {
                if (!diagnosis.isHelpComing(finding)) {
                    return failed(finding.failure(), "");
                }
                unscheduledSince = clock.instant();
            }
        }
        return pending(status, finding.failure().summary());
    }

    /** The Deployment itself says that it cannot go on; a pod may tell why. */
    private Seen<SeldonDeploymentStatus> broken(RolloutSource source, RolloutFailure failure) {
        for (Map<String, Object> pod : unready(source)) {
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
        Instant from = failedSince == null ? clock.instant() : failedSince;
        failedSince = from;
        if (!lasted(from, patience(status.description()))) {
            return pending(status, status.description());
        }
        return failed(
                new RolloutFailure(Kind.REJECTED, "", "", "", "the operator reports: " + status.description(), ""), "");
    }

    private Duration patience(String description) {
        if (IN_PASSING.matcher(description).find()) {
            return FAILED_IN_PASSING_FOR;
        }
        return description.equals(start.failedBefore()) ? FAILED_ALREADY_FOR : FAILED_FOR;
    }

    private Seen<SeldonDeploymentStatus> withoutFailure(Seen<SeldonDeploymentStatus> seen) {
        failedSince = null;
        return seen;
    }

    private boolean lasted(Instant from, Duration duration) {
        return !clock.instant().isBefore(from.plus(duration));
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
