package dev.fairlead.seldon;

/**
 * Tells what became of a deployment.
 *
 * @param type what happened
 * @param deployment the deployment as its maker wrote it; after its end, as it last was
 * @param status what the operator reports of it
 */
public record DeploymentEvent(Type type, SeldonDeployment deployment, SeldonDeploymentStatus status) {
    /** What happened. */
    public enum Type {
        /** It is there: it was when the watch began, or has been made since. */
        ADDED,
        /** Its specification or its status has changed. */
        CHANGED,
        /** It is gone. */
        DELETED
    }
}
