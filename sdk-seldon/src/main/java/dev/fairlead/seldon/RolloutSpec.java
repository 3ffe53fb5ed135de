package dev.fairlead.seldon;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says how a deployment's traffic moves from the predictor that answers now, the baseline, to another, the candidate; see
 * {@link SeldonDeployments#rollout}.
 */
public interface RolloutSpec {
    /** Returns the deployment. */
    String deployment();

    /** Returns the candidate's name. */
    String candidate();

    /** Returns the candidate as it is to be added, or to be changed to; empty where the deployment has it already. */
    Optional<PredictorSpec> predictor();

    /** Returns the baseline; empty means the only other predictor that is no shadow. */
    Optional<String> baseline();

    /** Returns what the candidate gets, step by step, in percent of the traffic of both; 10, 50, 100 by default. */
    List<Integer> steps();

    /** Returns how long a step lasts; 5 minutes by default. */
    Duration stepFor();

    /** Returns how often the guards are asked; every 15 s by default. */
    Duration checkEvery();

    /** Returns how much longer than a step to wait for a verdict before the traffic goes back; 5 minutes by default. */
    Duration patience();

    /** Returns how far back metrics are looked at; 1 minute by default, which should hold four scrapes. */
    Duration window();

    /** Returns the guards; without any, only the pods decide. */
    List<RolloutGuard> guards();

    /** Returns further labels of the metrics, such as {@code kubernetes_namespace}, where two deployments have the same name. */
    Map<String, String> metricLabels();

    /** Starts a rollout of a deployment. */
    static Builder builder(String deployment) {
        return ImmutableRolloutSpec.builder().deployment(deployment);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a rollout. Not thread-safe. */
    interface Builder {
        /** Sets the deployment; mandatory. */
        Builder deployment(String name);

        /** Sets the candidate, one of the deployment's predictors; this or a predictor is mandatory. */
        Builder candidate(String name);

        /** Sets the candidate; it is added, or put in the place of one of its name. Its traffic and whether it is a shadow are not read. */
        default Builder candidate(PredictorSpec predictor) {
            return candidate(predictor.name()).predictor(predictor);
        }

        /** Sets the candidate. */
        default Builder candidate(Consumer<PredictorSpec.Builder> predictor) {
            PredictorSpec.Builder builder = PredictorSpec.builder();
            predictor.accept(builder);
            return candidate(builder.build());
        }

        /** Sets what is added; see {@link #candidate(PredictorSpec)}. */
        Builder predictor(PredictorSpec predictor);

        /** Sets the baseline. */
        Builder baseline(String name);

        /** Replaces the steps. */
        default Builder steps(int... percents) {
            return steps(Arrays.stream(percents).boxed().toList());
        }

        /** Replaces the steps. */
        Builder steps(Iterable<? extends Integer> percents);

        /** Sets how long a step lasts. */
        Builder stepFor(Duration duration);

        /** Sets how often the guards are asked. */
        Builder checkEvery(Duration duration);

        /** Sets how much longer than a step to wait for a verdict. */
        Builder patience(Duration duration);

        /** Sets how far back metrics are looked at. */
        Builder window(Duration duration);

        /** Replaces the guards. */
        Builder guards(Iterable<? extends RolloutGuard> guards);

        /** Adds a guard. */
        Builder addGuard(RolloutGuard guard);

        /** Replaces the further labels of the metrics. */
        Builder metricLabels(Map<String, ? extends String> labels);

        /** Adds a label of the metrics. */
        Builder putMetricLabel(String name, String value);

        /** Makes the rollout, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        RolloutSpec build();
    }
}
