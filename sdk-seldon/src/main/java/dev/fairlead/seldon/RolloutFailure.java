package dev.fairlead.seldon;

/**
 * Names why a rollout failed.
 *
 * @param kind what kind of thing is wrong
 * @param predictor the predictor; empty where it concerns the deployment as a whole
 * @param pod the pod; empty where there is none
 * @param container the container; empty where it concerns the pod as a whole
 * @param message what the cluster says, in its own words
 * @param remedy what to do
 */
public record RolloutFailure(Kind kind, String predictor, String pod, String container, String message, String remedy) {

    /** What kind of thing is wrong. */
    public enum Kind {
        /** An image cannot be pulled. */
        IMAGE,
        /** A Secret, ConfigMap or volume that a container names is missing or unfit. */
        CONFIGURATION,
        /** The model could not be fetched. */
        MODEL,
        /** A container ends again and again. */
        CRASH,
        /** No node has the GPUs. */
        NO_GPU,
        /** No node takes the pod, for another reason than GPUs. */
        UNSCHEDULABLE,
        /** A quota forbids the pods. */
        QUOTA,
        /** The cluster refuses what the operator makes. */
        REJECTED,
        /** Nothing moved within the progress deadline. */
        STALLED,
        /** The deployment was deleted meanwhile. */
        DELETED,
        /** The rollout was cancelled. */
        CANCELLED
    }

    /** Returns place and message, without the remedy. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        append(text, "predictor '", predictor, "', ");
        append(text, "pod ", pod, ", ");
        append(text, "container '", container, "', ");
        if (text.length() > 0) {
            text.setLength(text.length() - 2);
            text.append(": ");
        }
        return text.append(message).toString();
    }

    @Override
    public String toString() {
        return remedy.isEmpty() ? summary() : summary() + "; " + remedy;
    }

    private static void append(StringBuilder text, String before, String part, String after) {
        if (!part.isEmpty()) {
            text.append(before).append(part).append(after);
        }
    }
}
