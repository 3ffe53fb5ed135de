package dev.fairlead.mlflow;

/**
 * Names a logged model that a run made.
 *
 * @param modelId the model's id
 * @param step the step of the run it was made at
 */
public record ModelOutput(String modelId, long step) {}
