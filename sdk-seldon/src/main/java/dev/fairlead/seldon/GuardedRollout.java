package dev.fairlead.seldon;

import dev.fairlead.error.OperationException;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Drives one guarded rollout: each look reads where it is from the deployment, asks the guards, and makes at most one step, which fails when
 * anybody changed the deployment meanwhile. Nothing is kept here that another process would need.
 */
final class GuardedRollout implements Look<SeldonDeploymentStatus> {
    private static final int MOST_COLLISIONS = 5;

    private final GuardedRollouts rollouts;
    private final String deployment;
    private final String id;
    private final String what;
    private final Map<String, Function<RolloutStep, RolloutVerdict>> functions;
    private final Clock clock;
    private volatile @Nullable Stage stage;

    GuardedRollout(
            GuardedRollouts rollouts,
            String deployment,
            String id,
            String what,
            Collection<? extends RolloutGuard> guards) {
        this.rollouts = rollouts;
        this.deployment = deployment;
        this.id = id;
        this.what = what;
        this.clock = rollouts.platform().clock();
        this.functions = guards.stream()
                .filter(FunctionGuard.class::isInstance)
                .map(FunctionGuard.class::cast)
                .collect(Collectors.toMap(FunctionGuard::name, FunctionGuard::judge));
    }

    /** The pods of one state of the deployment, followed as long as it lasts. */
    private record Stage(RolloutState state, Look<SeldonDeploymentStatus> pods) {}

    /** What a look at the pods saw: them ready, a failure, or neither. */
    private record Pods(
            @Nullable SeldonDeploymentStatus ready,
            @Nullable RolloutFailedException failed,
            String detail) {}

    @Override
    public Seen<SeldonDeploymentStatus> look(Deadline deadline) {
        Optional<Map<String, Object>> tree = rollouts.find(deployment);
        Optional<RolloutState> found = tree.flatMap(this::state);
        if (found.isEmpty()) {
            return over(
                    tree.isEmpty()
                            ? "the deployment was deleted"
                            : "the deployment was changed by others since, and stays as they left it");
        }
        RolloutState state = found.get();
        if (!state.phase().ended() && !RolloutEdits.hasBoth(tree.get(), state)) {
            return over("somebody removed one of the predictors '" + state.baseline() + "' and '" + state.candidate()
                    + "'");
        }
        Pods pods = pods(tree.get(), state, deadline);
        return switch (state.phase()) {
            case PREPARING -> prepare(tree.get(), state, pods);
            case SHIFTING -> shift(tree.get(), state, pods);
            case PROMOTED -> promoted(state, pods);
            case RETURNED -> returned(state, pods);
        };
    }

    private Optional<RolloutState> state(Map<String, Object> tree) {
        return RolloutState.on(tree).filter(s -> s.id().equals(id));
    }

    private Pods pods(Map<String, Object> tree, RolloutState state, Deadline deadline) {
        Stage now = stage;
        if (now == null || !now.state().equals(state)) {
            now = new Stage(state, rollouts.pods(tree));
            stage = now;
        }
        Seen<SeldonDeploymentStatus> seen = now.pods().look(deadline);
        if (seen instanceof Seen.Done<SeldonDeploymentStatus> done) {
            return new Pods(done.result(), null, "");
        } else if (seen instanceof Seen.Failed<SeldonDeploymentStatus> failed
                && failed.failure() instanceof RolloutFailedException failure) {
            return new Pods(null, failure, failure.failure().summary());
        }
        return new Pods(null, null, seen instanceof Seen.Pending<SeldonDeploymentStatus> p ? p.detail() : "");
    }

    private Seen<SeldonDeploymentStatus> prepare(Map<String, Object> tree, RolloutState state, Pods pods) {
        if (pods.failed() != null) {
            return whenFailed(tree, state, pods);
        }
        return pods.ready() == null
                ? pending(state, "the pods of '" + state.candidate() + "' are not ready: " + pods.detail())
                : step(tree, state, 0);
    }

    private Seen<SeldonDeploymentStatus> shift(Map<String, Object> tree, RolloutState state, Pods pods) {
        if (pods.failed() != null) {
            return whenFailed(tree, state, pods);
        }
        Duration elapsed = Duration.between(state.movedAt(), clock.instant());
        List<String> words = new ArrayList<>();
        boolean all = true;
        for (RolloutState.Guard guard : state.guards()) {
            RolloutVerdict verdict = ask(guard, state, elapsed);
            words.add(guard.name() + ": " + verdict.reason());
            if (verdict.kind() == RolloutVerdict.Kind.FAILED) {
                return giveBack(tree, state, guard.name() + ": " + verdict.reason());
            }
            all &= verdict.kind() == RolloutVerdict.Kind.PASSED;
        }
        if (pods.ready() == null) {
            words.add("the pods are not ready: " + pods.detail());
        }
        String said = String.join(", ", words);
        if (elapsed.compareTo(state.stepFor()) < 0) {
            return pending(state, said);
        }
        if (all && pods.ready() != null) {
            return state.step() + 1 < state.steps().size() ? step(tree, state, state.step() + 1) : promote(tree, state);
        }
        return elapsed.compareTo(state.stepFor().plus(state.patience())) < 0
                ? pending(state, said)
                : giveBack(tree, state, "no verdict within " + elapsed.toSeconds() + " s: " + said);
    }

    /** A baseline that fails is no reason to give it the traffic. */
    private Seen<SeldonDeploymentStatus> whenFailed(Map<String, Object> tree, RolloutState state, Pods pods) {
        RolloutFailedException failed = pods.failed();
        return failed != null && failed.failure().predictor().equals(state.baseline())
                ? pending(state, pods.detail())
                : giveBack(tree, state, pods.detail());
    }

    private RolloutVerdict ask(RolloutState.Guard guard, RolloutState state, Duration elapsed) {
        if (guard.query() != null) {
            return rollouts.prometheus().judge(guard.query(), guard.most());
        }
        Function<RolloutStep, RolloutVerdict> judge = functions.get(guard.name());
        if (judge == null) {
            return RolloutVerdict.unknown("only the process that began the rollout can tell");
        }
        try {
            return judge.apply(new RolloutStep(
                    rollouts.namespace(), deployment, state.baseline(), state.candidate(), state.percent(), elapsed));
        } catch (RuntimeException unknown) {
            return RolloutVerdict.unknown(unknown.toString());
        }
    }

    private Seen<SeldonDeploymentStatus> step(Map<String, Object> tree, RolloutState state, int next) {
        RolloutState moved = state.at(next, now());
        return written(RolloutEdits.shifted(tree, moved, moved.percent()), state, moved);
    }

    private Seen<SeldonDeploymentStatus> promote(Map<String, Object> tree, RolloutState state) {
        return written(
                RolloutEdits.decided(tree, state, state.candidate()),
                state,
                state.ended(RolloutState.Phase.PROMOTED, now(), ""));
    }

    private Seen<SeldonDeploymentStatus> giveBack(Map<String, Object> tree, RolloutState state, String reason) {
        return written(
                RolloutEdits.decided(tree, state, state.baseline()),
                state,
                state.ended(RolloutState.Phase.RETURNED, now(), reason));
    }

    private Instant now() {
        return clock.instant();
    }

    private Seen<SeldonDeploymentStatus> written(Map<String, Object> tree, RolloutState from, RolloutState to) {
        return rollouts.write(tree, to)
                ? pending(to, to.reason())
                : pending(from, "the deployment was changed meanwhile");
    }

    private Seen<SeldonDeploymentStatus> promoted(RolloutState state, Pods pods) {
        if (pods.failed() != null) {
            return new Seen.Failed<>(pods.failed());
        }
        return pods.ready() == null ? pending(state, pods.detail()) : new Seen.Done<>(pods.ready());
    }

    private Seen<SeldonDeploymentStatus> returned(RolloutState state, Pods pods) {
        return pods.ready() == null && pods.failed() == null
                ? pending(state, state.reason())
                : new Seen.Failed<>(new RolloutReturnedException(
                        what, operationId(), state.candidate(), state.percent(), state.reason(), pods.failed()));
    }

    /** Gives all traffic back, if it still moves. */
    void cancel() {
        for (int attempt = 1; attempt <= MOST_COLLISIONS; attempt++) {
            Optional<Map<String, Object>> tree = rollouts.find(deployment);
            Optional<RolloutState> state =
                    tree.flatMap(this::state).filter(s -> !s.phase().ended());
            if (state.isEmpty()
                    || rollouts.write(
                            RolloutEdits.decided(
                                    tree.get(), state.get(), state.get().baseline()),
                            state.get().ended(RolloutState.Phase.RETURNED, now(), "it was cancelled"))) {
                return;
            }
        }
        throw new OperationFailedException(
                what + " cannot be cancelled: the deployment is changed by others again and again",
                operationId(),
                "",
                "",
                null);
    }

    private Seen<SeldonDeploymentStatus> over(String why) {
        OperationException over = new OperationFailedException(what + " is over: " + why, operationId(), "", "", null);
        return new Seen.Failed<>(over);
    }

    private static Seen<SeldonDeploymentStatus> pending(RolloutState state, String detail) {
        String at = state.phase() == RolloutState.Phase.SHIFTING ? state.percent() + " percent" : "";
        return new Seen.Pending<>(
                state.phase().word(), at.isEmpty() || detail.isEmpty() ? at + detail : at + ", " + detail);
    }

    private String operationId() {
        return GuardedRollouts.operationId(rollouts.namespace(), deployment, id);
    }
}
