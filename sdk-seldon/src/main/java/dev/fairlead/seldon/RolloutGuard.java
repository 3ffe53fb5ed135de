package dev.fairlead.seldon;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/**
 * Judges the candidate of a guarded rollout again and again.
 *
 * <p>Guards on metrics ask Prometheus, the service {@code prometheus} of the settings. They are kept with the deployment, so that any
 * process can go on with the rollout. A caller's function is kept by its name alone; see {@link SeldonDeployments#resume}.
 */
public sealed interface RolloutGuard permits MetricGuard, FunctionGuard {
    /** Returns the name, unique in the rollout. */
    String name();

    /**
     * Bounds the share of requests that fail. What counts is the orchestrator's metric {@code seldon_api_executor_server_requests_seconds}
     * with a code of 5xx, or of gRPC other than {@code OK}. Without requests there is no verdict.
     *
     * @param most the largest share, from 0 to 1
     */
    static RolloutGuard errorRate(double most) {
        return new MetricGuard("error rate", MetricGuard.ERROR_RATE, most);
    }

    /**
     * Bounds a quantile of the time requests take, by the orchestrator's metric {@code seldon_api_executor_server_requests_seconds}. Without
     * requests there is no verdict.
     *
     * @param quantile which one, such as 0.95
     * @param most the longest time
     */
    static RolloutGuard latency(double quantile, Duration most) {
        String query = String.format(Locale.ROOT, MetricGuard.LATENCY, quantile);
        return new MetricGuard("latency of " + quantile, query, most.toNanos() / 1e9);
    }

    /**
     * Bounds the value of a query to Prometheus. No value, and a value that is no number, are no verdict.
     *
     * @param name what it is called in messages
     * @param query one value; <code>{labels}</code> becomes {@code deployment_name="…",predictor_name="…"} and the rollout's further
     *     labels, <code>{deployment}</code>, <code>{namespace}</code>, <code>{candidate}</code> and <code>{baseline}</code> become the names,
     *     <code>{window}</code> the time looked back on, such as {@code 60s}
     * @param most the largest value
     */
    static RolloutGuard prometheus(String name, String query, double most) {
        return new MetricGuard(name, query, most);
    }

    /**
     * Asks a function of the caller's, from the thread that waits.
     *
     * @param name what it is called in messages, and when a rollout is taken up again
     * @param judge must not block for long; what it throws counts as no verdict
     */
    static RolloutGuard of(String name, Function<RolloutStep, RolloutVerdict> judge) {
        return new FunctionGuard(name, judge);
    }
}
