package dev.fairlead.seldon;

import java.time.Duration;

/**
 * Is where a guarded rollout stands when its guards are asked.
 *
 * @param namespace the deployment's namespace
 * @param deployment the deployment
 * @param baseline the predictor that answered before
 * @param candidate the predictor that is to answer
 * @param percent how much of the traffic the candidate gets
 * @param elapsed for how long it has been so
 */
public record RolloutStep(
        String namespace, String deployment, String baseline, String candidate, int percent, Duration elapsed) {}
