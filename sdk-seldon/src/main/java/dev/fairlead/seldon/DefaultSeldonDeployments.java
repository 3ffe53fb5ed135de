package dev.fairlead.seldon;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.kubernetes.ApplyPlan;
import dev.fairlead.kubernetes.FieldConflictException;
import dev.fairlead.seldon.internal.MappedPages;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.StatusCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller;
import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deployments as objects of the Kubernetes API. */
final class DefaultSeldonDeployments implements SeldonDeployments {
    private static final int MOST_COLLISIONS = 5;
    private final PlatformSpi platform;
    private final ModelReach reach;
    private final String namespace;

    DefaultSeldonDeployments(PlatformSpi platform, ModelReach reach, String namespace) {
        this.platform = platform;
        this.reach = reach;
        this.namespace = namespace;
    }

    @Override
    public Operation<SeldonDeploymentStatus> deploy(SeldonDeployment deployment) {
        return deploy(deployment, KubeAccess.Apply.DEFAULT);
    }

    @Override
    public Operation<SeldonDeploymentStatus> deployForced(SeldonDeployment deployment) {
        return deploy(deployment, KubeAccess.Apply.DEFAULT.forced());
    }

    private Operation<SeldonDeploymentStatus> deploy(SeldonDeployment deployment, KubeAccess.Apply how) {
        Map<String, Object> wanted = toSend(deployment);
        String where = deployment.namespace().orElse(namespace);
        Optional<Map<String, Object>> before = kube().find(SeldonDeploymentCodec.KIND, where, deployment.name());
        return follow(before, kube().apply(SeldonDeploymentCodec.KIND, wanted, how));
    }

    private Operation<SeldonDeploymentStatus> follow(Optional<Map<String, Object>> before, Map<String, Object> after) {
        return follow(Rollout.Start.of(after), new RolloutUndo(kube(), before, after));
    }

    @Override
    public SeldonDeployment dryRun(SeldonDeployment deployment) {
        KubeAccess.Apply how = KubeAccess.Apply.DEFAULT.asDryRun();
        return read(kube().apply(SeldonDeploymentCodec.KIND, toSend(deployment), how));
    }

    @Override
    public ApplyPlan plan(SeldonDeployment deployment) {
        return kube().plan(SeldonDeploymentCodec.KIND, toSend(deployment), KubeAccess.Apply.DEFAULT);
    }

    /** Checks the deployment, marks it and takes out what only the server writes. */
    private Map<String, Object> toSend(SeldonDeployment deployment) {
        Problems.check("SeldonDeployment", deployment);
        String where = deployment.namespace().orElse(namespace);
        Map<String, Object> tree =
                SpecStamp.put(deployment).with(b -> b.namespace(where)).toTree();
        return Trees.withoutServersOwn(tree);
    }

    @Override
    public CheckReport check(SeldonDeployment deployment) {
        return new ClusterCheck(kube(), deployment, deployment.namespace().orElse(namespace)).run();
    }

    @Override
    public DeploymentPlan explainPlan(SeldonDeployment deployment) {
        return Planner.plan(deployment, deployment.namespace().orElse(namespace), operator());
    }

    @Override
    public OperatorSettings operator() {
        return new OperatorProbe(kube()).read();
    }

    @Override
    public SeldonDeployment get(String name) {
        return read(kube().get(SeldonDeploymentCodec.KIND, namespace, name));
    }

    @Override
    public Optional<SeldonDeployment> find(String name) {
        return kube().find(SeldonDeploymentCodec.KIND, namespace, name).map(DefaultSeldonDeployments::read);
    }

    @Override
    public PagedIterable<SeldonDeployment> list() {
        return new MappedPages<>(
                kube().list(SeldonDeploymentCodec.KIND, namespace, null), DefaultSeldonDeployments::read);
    }

    static SeldonDeployment read(Map<String, Object> tree) {
        Map<String, Object> plain = Trees.withoutServersOwn(Trees.copy(tree));
        Map<String, Object> annotations = Trees.at(plain, "metadata", "annotations");
        if (annotations.containsKey(RolloutState.KEY)) {
            annotations.remove(RolloutState.KEY); // a deployment that is made from this one is not under way
        }
        return SpecStamp.remove(SeldonDeployment.fromTree(plain));
    }

    @Override
    public SeldonDeploymentStatus status(String name) {
        return StatusCodec.read(kube().get(SeldonDeploymentCodec.KIND, namespace, name));
    }

    @Override
    public Operation<SeldonDeploymentStatus> follow(String name) {
        return follow(Rollout.Start.of(kube().get(SeldonDeploymentCodec.KIND, namespace, name)), null);
    }

    /** Follows a rollout; {@code undo} takes it back, {@code null} where it is not known what was before. */
    Operation<SeldonDeploymentStatus> follow(Rollout.Start start, @Nullable RolloutUndo undo) {
        Rollout rollout = new Rollout(kube(), platform.clock(), start, undo);
        return platform.poller()
                .operation(new Poller.Spec<>(
                        Rollout.id(start.namespace(), start.name()),
                        Rollout.what(start.namespace(), start.name()),
                        rollout,
                        Duration.ofMillis(250),
                        Duration.ofSeconds(2),
                        rollout::cancel));
    }

    @Override
    public Operation<SeldonDeploymentStatus> rollout(RolloutSpec rollout) {
        return rollouts().start(rollout);
    }

    @Override
    public Operation<SeldonDeploymentStatus> resume(String name, RolloutGuard... guards) {
        return rollouts().resume(name, List.of(guards));
    }

    @Override
    public List<Operation<SeldonDeploymentStatus>> unfinishedRollouts() {
        return rollouts().unfinished();
    }

    GuardedRollouts rollouts() {
        return new GuardedRollouts(platform, namespace);
    }

    @Override
    public Operation<SeldonDeploymentStatus> shiftTraffic(String name, Map<String, Integer> percents) {
        for (int attempt = 1; ; attempt++) {
            Map<String, Object> present = kube().get(SeldonDeploymentCodec.KIND, namespace, name);
            Map<String, Object> changed = toSend(shifted(read(present), percents));
            Trees.at(changed, "metadata")
                    .put("resourceVersion", Trees.text(Trees.at(present, "metadata"), "resourceVersion"));
            try {
                return follow(
                        Optional.of(present),
                        kube().apply(SeldonDeploymentCodec.KIND, changed, KubeAccess.Apply.DEFAULT));
            } catch (FieldConflictException ofOthers) {
                throw ofOthers;
            } catch (ConflictException changedMeanwhile) {
                if (attempt == MOST_COLLISIONS) {
                    throw changedMeanwhile;
                }
            }
        }
    }

    private static SeldonDeployment shifted(SeldonDeployment deployment, Map<String, Integer> percents) {
        List<Problem> unknown = new ArrayList<>();
        percents.forEach((name, percent) -> {
            if (deployment.predictor(name).isEmpty()) {
                List<String> names = deployment.predictors().stream()
                        .map(PredictorSpec::name)
                        .toList();
                unknown.add(new Problem(
                        name,
                        "must be a predictor of '" + deployment.name() + "', which has " + names,
                        percent + " percent"));
            }
        });
        if (!unknown.isEmpty()) {
            throw new InvalidValueException("shift of traffic", unknown);
        }
        List<PredictorSpec> shifted = deployment.predictors().stream()
                .map(p -> percents.containsKey(p.name()) ? p.with(b -> b.traffic(percents.get(p.name()))) : p)
                .toList();
        return deployment.with(b -> b.predictors(shifted));
    }

    @Override
    public boolean delete(String name) {
        boolean deleted = kube().delete(SeldonDeploymentCodec.KIND, namespace, name);
        reach.forget(namespace, name);
        return deleted;
    }

    @Override
    public boolean delete(String name, Duration timeout) {
        boolean deleted = new Deletion(kube(), namespace, name, Deadline.after(platform.clock(), timeout)).run();
        reach.forget(namespace, name);
        return deleted;
    }

    @Override
    public DeploymentWatch watch() {
        return new ViewedDeployments(kube(), namespace);
    }

    private KubeAccess kube() {
        return platform.kube();
    }
}
