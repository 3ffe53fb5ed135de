package dev.fairlead.seldon.kserve;

import java.util.Map;

/**
 * Names why a model does not answer.
 *
 * @param reason KServe's word, such as {@code ModelLoadFailed}, {@code RuntimeUnhealthy} or {@code NoSupportingRuntime}
 * @param message what KServe or the container says, in its own words; may be empty
 * @param location where it failed, usually a pod; may be empty
 * @param exitCode the code the container ended with; 0 where it did not end
 */
public record LoadFailure(String reason, String message, String location, int exitCode) {
    private static final Map<String, String> REMEDIES = Map.of(
            "ModelLoadFailed",
            "look whether the storageUri is right and its credentials are those of the service account",
            "RuntimeUnhealthy",
            "look at the log of the pod's container " + ServingComponent.MAIN_CONTAINER,
            "RuntimeDisabled",
            "enable the runtime or name another",
            "NoSupportingRuntime",
            "name a runtime of the cluster, or another model format or protocol",
            "RuntimeNotRecognized",
            "name a ServingRuntime of the namespace or a ClusterServingRuntime",
            "InvalidPredictorSpec",
            "change the predictor");

    /** Returns what to do; empty where we do not know. */
    public String remedy() {
        return REMEDIES.getOrDefault(reason, "");
    }

    @Override
    public String toString() {
        return reason
                + (location.isEmpty() ? "" : " in " + location)
                + (exitCode == 0 ? "" : ", exit code " + exitCode)
                + (message.isEmpty() ? "" : ": " + message.strip())
                + (remedy().isEmpty() ? "" : "; " + remedy());
    }
}
