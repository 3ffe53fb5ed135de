package dev.fairlead.seldon;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import java.util.Map;
import java.util.Optional;

/** The SeldonDeployments of a namespace. */
public interface SeldonDeployments {
    /**
     * Makes the cluster hold this deployment: creates it, or changes what differs. Deploying the same again changes nothing.
     *
     * @return the rollout, which ends when every pod of this very specification is available and the operator agrees
     * @throws dev.fairlead.kubernetes.FieldConflictException if fields belong to others; see {@link #deployForced}
     * @throws dev.fairlead.error.InvalidRequestException if the cluster or Seldon's webhook refuses it
     */
    Operation<SeldonDeploymentStatus> deploy(SeldonDeployment deployment);

    /** Does the same, and takes over fields that belong to others. */
    Operation<SeldonDeploymentStatus> deployForced(SeldonDeployment deployment);

    /**
     * Asks the cluster, Seldon's webhook included, whether it would take this deployment; changes nothing.
     *
     * @return the deployment as it would be stored
     * @throws dev.fairlead.error.InvalidRequestException if the cluster or Seldon's webhook refuses it
     */
    SeldonDeployment dryRun(SeldonDeployment deployment);

    /**
     * Looks whether the cluster has what a deployment needs, and changes nothing: the servers of {@code seldon-config}, the Secrets, ConfigMaps,
     * claims and service accounts it names, nodes with its GPUs, quotas, KEDA, names that are free. The problems of {@code build()} and the
     * warnings are in the report too. What may not be read is said to be unknown.
     */
    CheckReport check(SeldonDeployment deployment);

    /** Returns everything that will become of a deployment on this cluster; changes nothing. */
    DeploymentPlan explainPlan(SeldonDeployment deployment);

    /** Reads how the cluster's operator is set up; what cannot be read is as usual. */
    OperatorSettings operator();

    /**
     * Reads a deployment as its maker wrote it: without its status, and what else only the server writes.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none of this name
     */
    SeldonDeployment get(String name);

    /** Reads a deployment, if it exists. */
    Optional<SeldonDeployment> find(String name);

    /** Lists the deployments. */
    PagedIterable<SeldonDeployment> list();

    /**
     * Reads what the operator reports of a deployment. Its state may be older than the specification; {@link #follow} looks further.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none of this name
     */
    SeldonDeploymentStatus status(String name);

    /** Follows the rollout of a deployment as it is now; see {@link #deploy}. */
    Operation<SeldonDeploymentStatus> follow(String name);

    /**
     * Changes the predictors' shares of the traffic and nothing else; predictors that are not named keep theirs.
     *
     * @param percents the new shares by predictor
     * @throws dev.fairlead.error.NotFoundException if there is no deployment of this name
     * @throws dev.fairlead.error.InvalidValueException if a predictor is unknown, or the shares do not add up to 100
     */
    Operation<SeldonDeploymentStatus> shiftTraffic(String name, Map<String, Integer> percents);

    /** Deletes a deployment; the cluster removes its pods and Services afterwards. Returns whether it was there. */
    boolean delete(String name);
}
