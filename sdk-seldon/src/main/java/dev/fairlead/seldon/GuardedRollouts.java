package dev.fairlead.seldon;

import dev.fairlead.Operation;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.kubernetes.FieldConflictException;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Begins guarded rollouts in a namespace, and takes them up again. */
final class GuardedRollouts {
    private static final int MOST_COLLISIONS = 5;
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final PlatformSpi platform;
    private final String namespace;
    private final Prometheus prometheus;

    GuardedRollouts(PlatformSpi platform, String namespace) {
        this.platform = platform;
        this.namespace = namespace;
        this.prometheus = new Prometheus(platform);
    }

    /** Returns the id of an operation. */
    static String operationId(String namespace, String deployment, String id) {
        return namespace + "/" + deployment + "@" + id;
    }

    Operation<SeldonDeploymentStatus> start(RolloutSpec spec) {
        Problems.check("RolloutSpec", spec);
        if (spec.guards().stream().anyMatch(MetricGuard.class::isInstance)) {
            prometheus.require();
        }
        String id = UUID.randomUUID().toString().substring(0, 8);
        for (int attempt = 1; ; attempt++) {
            Map<String, Object> tree = kube().get(SeldonDeploymentCodec.KIND, namespace, spec.deployment());
            Optional<RolloutState> running =
                    RolloutState.on(tree).filter(s -> !s.phase().ended());
            if (running.isPresent() && running.get().id().equals(id)) {
                return operation(spec.deployment(), running.get(), spec.guards()); // the answer of the write was lost
            }
            running.ifPresent(other -> {
                throw underWay(spec.deployment(), other);
            });
            RolloutState state = begun(tree, spec, id);
            Map<String, Object> prepared = RolloutEdits.shifted(RolloutEdits.withCandidate(tree, spec), state, 0);
            refuse(prepared);
            if (write(prepared, state, KubeAccess.Apply.DEFAULT)) {
                return operation(spec.deployment(), state, spec.guards());
            }
            if (attempt == MOST_COLLISIONS) {
                throw new ConflictException(
                        details(spec.deployment(), 409, "the deployment is changed by others again and again"),
                        "try again when they have done");
            }
        }
    }

    private RolloutState begun(Map<String, Object> tree, RolloutSpec spec, String id) {
        String baseline = RolloutEdits.baseline(tree, spec);
        RolloutStep start = new RolloutStep(namespace, spec.deployment(), baseline, spec.candidate(), 0, Duration.ZERO);
        return new RolloutState(
                id,
                spec.candidate(),
                baseline,
                RolloutEdits.share(tree, baseline, spec.candidate()),
                spec.steps(),
                -1,
                RolloutState.Phase.PREPARING,
                platform.clock().instant(),
                spec.stepFor(),
                spec.patience(),
                spec.checkEvery(),
                spec.guards().stream().map(g -> kept(g, start, spec)).toList(),
                "");
    }

    private static RolloutState.Guard kept(RolloutGuard guard, RolloutStep step, RolloutSpec spec) {
        return guard instanceof MetricGuard metric
                ? new RolloutState.Guard(guard.name(), query(metric, step, spec), metric.most())
                : new RolloutState.Guard(guard.name(), null, 0);
    }

    private static String query(MetricGuard guard, RolloutStep step, RolloutSpec spec) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("deployment_name", step.deployment());
        labels.put("predictor_name", step.candidate());
        labels.putAll(spec.metricLabels());
        String matchers = labels.entrySet().stream()
                .map(e ->
                        e.getKey() + "=\"" + e.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(","));
        return guard.query()
                .replace("{window}", spec.window().toSeconds() + "s")
                .replace("{deployment}", step.deployment())
                .replace("{namespace}", step.namespace())
                .replace("{candidate}", step.candidate())
                .replace("{baseline}", step.baseline())
                .replace("{labels}", matchers);
    }

    private static void refuse(Map<String, Object> tree) {
        List<Problem> problems = SeldonDeployment.fromTree(tree).problems();
        if (!problems.isEmpty()) {
            throw new InvalidValueException("SeldonDeployment with its candidate", problems);
        }
    }

    Operation<SeldonDeploymentStatus> resume(String deployment, Collection<RolloutGuard> guards) {
        RolloutState state = RolloutState.on(kube().get(SeldonDeploymentCodec.KIND, namespace, deployment))
                .orElseThrow(() -> new NotFoundException(
                        details(deployment, 404, "no rollout is kept with the deployment"),
                        "begin one with deployments().rollout(…)"));
        List<String> names =
                state.guards().stream().map(RolloutState.Guard::name).toList();
        List<Problem> unknown = guards.stream()
                .filter(g -> !names.contains(g.name()))
                .map(g -> new Problem("guards", "must be of the rollout, which has " + names, g.name()))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidValueException("guards of a rollout", unknown);
        }
        return operation(deployment, state, guards);
    }

    /** Attaches to a rollout by its id; what is known of it may be gone by now. */
    Operation<SeldonDeploymentStatus> attach(String deployment, String id) {
        Optional<RolloutState> state = kube().find(SeldonDeploymentCodec.KIND, namespace, deployment)
                .flatMap(RolloutState::on)
                .filter(s -> s.id().equals(id));
        return state.isPresent()
                ? operation(deployment, state.get(), List.of())
                : operation(deployment, id, "", SHORT, List.of());
    }

    List<Operation<SeldonDeploymentStatus>> unfinished() {
        return kube().list(SeldonDeploymentCodec.KIND, namespace, null).stream()
                .flatMap(tree -> RolloutState.on(tree)
                        .filter(s -> !s.phase().ended())
                        .map(s -> operation(PodDiagnosis.name(tree), s, List.of()))
                        .stream())
                .toList();
    }

    private Operation<SeldonDeploymentStatus> operation(
            String deployment, RolloutState state, Collection<? extends RolloutGuard> guards) {
        return operation(deployment, state.id(), " to '" + state.candidate() + "'", state.checkEvery(), guards);
    }

    private Operation<SeldonDeploymentStatus> operation(
            String deployment, String id, String to, Duration pause, Collection<? extends RolloutGuard> guards) {
        String what = Rollout.what(namespace, deployment) + to;
        GuardedRollout rollout = new GuardedRollout(this, deployment, id, what, guards);
        return platform.poller()
                .operation(new Poller.Spec<>(
                        operationId(namespace, deployment, id),
                        what,
                        rollout,
                        pause.compareTo(SHORT) < 0 ? pause : SHORT,
                        pause,
                        rollout::cancel));
    }

    Optional<Map<String, Object>> find(String deployment) {
        return kube().find(SeldonDeploymentCodec.KIND, namespace, deployment);
    }

    /** Returns what looks at the pods of a deployment as it is now. */
    Look<SeldonDeploymentStatus> pods(Map<String, Object> tree) {
        return new Rollout(kube(), platform.clock(), Rollout.Start.of(tree), null);
    }

    Prometheus prometheus() {
        return prometheus;
    }

    PlatformSpi platform() {
        return platform;
    }

    String namespace() {
        return namespace;
    }

    /** Writes the next step, whoever owns the fields; returns whether nobody changed the object since it was read. */
    boolean write(Map<String, Object> tree, RolloutState state) {
        return write(tree, state, KubeAccess.Apply.DEFAULT.forced());
    }

    private boolean write(Map<String, Object> tree, RolloutState state, KubeAccess.Apply how) {
        Object version = Trees.at(tree, "metadata").get("resourceVersion");
        Map<String, Object> sent = Trees.withoutServersOwn(Trees.copy(tree));
        Map<String, Object> metadata = Trees.at(sent, "metadata");
        Map<String, Object> annotations = new LinkedHashMap<>(Trees.at(metadata, "annotations"));
        annotations.put(RolloutState.KEY, state.text());
        metadata.put("annotations", annotations);
        metadata.put("resourceVersion", version);
        try {
            kube().apply(SeldonDeploymentCodec.KIND, sent, how);
            return true;
        } catch (FieldConflictException ofOthers) {
            throw ofOthers;
        } catch (ConflictException changedMeanwhile) {
            return false;
        }
    }

    private ConflictException underWay(String deployment, RolloutState other) {
        return new ConflictException(
                details(
                        deployment,
                        409,
                        "a rollout to '" + other.candidate() + "' is under way, at " + other.percent() + " percent"),
                "await or cancel operation " + operationId(namespace, deployment, other.id()));
    }

    private CallDetails details(String deployment, int status, String reason) {
        return OwnRefusal.of(kube(), "rollout", "GET", namespace, deployment, status, reason);
    }

    private KubeAccess kube() {
        return platform.kube();
    }
}
