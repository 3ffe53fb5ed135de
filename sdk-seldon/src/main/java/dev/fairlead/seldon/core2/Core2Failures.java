package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.core2.Core2Failure.Kind;
import dev.fairlead.seldon.core2.Core2Status.Condition;
import java.util.Optional;

/** Tells from what Seldon reports whether waiting is of no use. */
final class Core2Failures {
    private static final String REFUSAL = "rpc error: code = FailedPrecondition desc = ";
    private static final String UNSCHEDULED = "failed to schedule model";

    private Core2Failures() {}

    static Optional<Core2Failure> of(Core2Status status) {
        return switch (status.kind()) {
            case "Model" -> model(status.state(), status.reason());
            case "Pipeline" -> pipeline(status);
            case "Experiment" -> experiment(status);
            case "Server" -> server(status);
            default -> Optional.empty();
        };
    }

    private static Optional<Core2Failure> model(String state, String reason) {
        boolean failed = state.equals("ModelFailed");
        if (state.equals("ScheduleFailed") || (failed && reason.contains(UNSCHEDULED))) {
            return Optional.of(new Core2Failure(Kind.NO_SERVER_FITS, state, said(reason), ""));
        }
        if (!failed) {
            return Optional.empty();
        }
        if (reason.startsWith(REFUSAL)
                || reason.startsWith("Number of replicas")
                || reason.startsWith("Can't convert")) {
            return Optional.of(refused(state, reason));
        }
        boolean fetching = reason.contains("sync/copy");
        return Optional.of(new Core2Failure(
                Kind.LOAD,
                state,
                reason.isEmpty() ? "the server could not load the model" : reason,
                fetching
                        ? "see whether its storageUri is there and its secret may read it"
                        : "see the log of the server's pods: the model may be of another kind than it says"));
    }

    private static Optional<Core2Failure> pipeline(Core2Status status) {
        String reason = status.reason();
        if (reason.startsWith(REFUSAL)) {
            return Optional.of(refused(status.state(), reason));
        }
        return status.state().equals("PipelineFailed") && !isPassing(reason)
                ? Optional.of(new Core2Failure(
                        Kind.LOAD, status.state(), reason.isEmpty() ? "the pipeline cannot be run" : reason, ""))
                : Optional.empty();
    }

    /** Of an experiment that it refuses, the operator says so in a condition of models. */
    private static Optional<Core2Failure> experiment(Core2Status status) {
        return status.conditions().stream()
                .filter(c -> !c.holds() && c.reason().startsWith(REFUSAL))
                .findFirst()
                .map(c -> refused(status.state(), c.reason()));
    }

    private static Optional<Core2Failure> server(Core2Status status) {
        return status.conditions().stream()
                .filter(c -> !c.type().equals("Ready") && !c.holds())
                .map(Condition::reason)
                .filter(r -> !r.isEmpty() && !r.startsWith("StatefulSet replicas") && !isPassing(r))
                .findFirst()
                .map(r -> new Core2Failure(
                        Kind.REFUSED,
                        status.state(),
                        said(r),
                        r.contains("not found") ? "apply the ServerConfig it names" : ""));
    }

    private static Core2Failure refused(String state, String reason) {
        return new Core2Failure(
                Kind.REFUSED,
                state,
                said(reason),
                reason.contains("in process of deletion")
                        ? "delete it, wait until it is gone, and deploy it again"
                        : "");
    }

    private static boolean isPassing(String reason) {
        return reason.startsWith("rpc error: ") && !reason.startsWith(REFUSAL);
    }

    private static String said(String reason) {
        return reason.startsWith(REFUSAL) ? reason.substring(REFUSAL.length()) : reason;
    }
}
