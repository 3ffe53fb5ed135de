package dev.fairlead.seldon;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is what the operator reports of a deployment. */
public interface SeldonDeploymentStatus {
    /** Returns the deployment's name. */
    String name();

    /** Returns its namespace. */
    String namespace();

    /** Returns the state; {@link DeploymentState#CREATING} before the first report. */
    DeploymentState state();

    /** Returns why it failed; empty otherwise. */
    String description();

    /** Returns the address of the first predictor inside the cluster, once there is one. */
    Optional<URI> address();

    /** Returns the replicas of each Deployment the operator made, by its name. */
    Map<String, Replicas> replicas();

    /** Returns the operator's conditions. */
    List<Condition> conditions();

    /** Returns a condition by its type, such as {@code Ready}. */
    default Optional<Condition> condition(String type) {
        return conditions().stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** Starts a status, for tests. */
    static Builder builder() {
        return ImmutableSeldonDeploymentStatus.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /**
     * Counts the pods of one Deployment.
     *
     * @param present how many there are
     * @param available how many can answer
     */
    record Replicas(int present, int available) {}

    /**
     * Is one condition.
     *
     * @param type such as {@code Ready}, {@code DeploymentsReady}, {@code ServicesReady}
     * @param holds whether it holds
     * @param reason the operator's reason; may be empty
     * @param message the operator's message; may be empty
     */
    record Condition(String type, boolean holds, String reason, String message) {}

    /** Builds a status. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets the namespace; mandatory. */
        Builder namespace(String namespace);

        /** Sets the state. */
        Builder state(DeploymentState state);

        /** Sets why it failed. */
        Builder description(String description);

        /** Sets the address. */
        Builder address(URI address);

        /** Replaces the replicas. */
        Builder replicas(Map<String, ? extends Replicas> replicas);

        /** Sets the replicas of one Deployment. */
        Builder putReplica(String deployment, Replicas replicas);

        /** Replaces the conditions. */
        Builder conditions(Iterable<? extends Condition> conditions);

        /** Adds a condition. */
        Builder addCondition(Condition condition);

        /** Makes the status, or throws {@link dev.fairlead.error.InvalidValueException}. */
        SeldonDeploymentStatus build();
    }
}
