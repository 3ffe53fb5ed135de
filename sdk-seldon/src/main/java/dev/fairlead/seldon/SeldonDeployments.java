package dev.fairlead.seldon;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.kubernetes.ApplyPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SeldonDeployments of a namespace. */
public interface SeldonDeployments {
    /**
     * Makes the cluster hold this deployment: creates it, or changes what differs. Deploying the same again changes nothing.
     *
     * <p>Any number of rollouts of a namespace are awaited with one watch of each kind of object. {@link Operation#cancel} takes the change back,
     * as long as nobody has changed the specification since: what this call created is deleted, otherwise the specification before it is
     * applied again; whoever waits then hears of {@link RolloutFailure.Kind#CANCELLED}. A change that changed nothing is not cancelled. A rollout
     * that was attached to, by {@link #follow} or {@link SeldonClient#operation}, cannot be cancelled: what was before it is not known.
     *
     * <p>Waiting also takes away the Deployment of a removed predictor that the operator forgot, which happens where the predictor was removed
     * just after it was added.
     *
     * @return the rollout, which ends when every pod of this very specification is available, no others are left, and the operator agrees
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
     * Shows field by field what {@link #deploy} would change, as the cluster itself sees it; writes nothing. What the operator would make of it
     * is told by {@link #explainPlan}.
     *
     * @return a plan with the paths, such as {@code .spec.predictors[main].graph.modelUri}, and their values before and after. A mark of ours,
     *     {@code fairlead.dev/predictor-spec}, changes with the predictor whose pods would be replaced
     * @throws dev.fairlead.kubernetes.FieldConflictException if fields belong to others; see {@link #deployForced}
     * @throws dev.fairlead.error.InvalidRequestException if the cluster or Seldon's webhook would refuse it
     */
    ApplyPlan plan(SeldonDeployment deployment);

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

    /**
     * Moves the traffic to another predictor step by step, watched by guards. The candidate gets no traffic until its pods are ready, then one
     * step after the other. When a guard fails, or the candidate's pods do, all traffic goes back to the baseline and the candidate is removed;
     * after the last step the baseline is removed. Each step writes traffic and state together, so that the traffic is never half moved.
     *
     * <p>Somebody must wait, in whatever process: {@link Operation#await} drives the rollout. Where that process dies, the traffic stays where
     * it is until another one takes up {@link #unfinishedRollouts()}, {@link SeldonClient#operation} or {@link #resume}. Cancelling gives the
     * traffic back. Deploying, or shifting traffic by hand, ends the rollout and leaves the traffic to the caller. The shares reach requests
     * through the gateway alone; see {@link OperatorSettings#istio()}.
     *
     * @return the rollout; it ends when the pods of the candidate alone are left, or with a {@link RolloutReturnedException}
     * @throws dev.fairlead.error.NotFoundException if there is no deployment of this name
     * @throws dev.fairlead.error.InvalidValueException if the deployment has no such candidate or baseline, or must not have it
     * @throws dev.fairlead.error.ConflictException if a rollout of it is under way
     * @throws dev.fairlead.error.ConfigurationException if a guard asks Prometheus and nobody said where it is
     * @throws dev.fairlead.kubernetes.FieldConflictException if the predictors belong to others; see {@link #deployForced}
     */
    Operation<SeldonDeploymentStatus> rollout(RolloutSpec rollout);

    /**
     * Takes up the rollout of a deployment that another process began. Guards on metrics are kept with it; a caller's function is not, and
     * without it the traffic goes back when the step and its patience are over.
     *
     * @param guards the functions, by the names they had
     * @throws dev.fairlead.error.NotFoundException if there is no deployment of this name, or it keeps no rollout
     */
    Operation<SeldonDeploymentStatus> resume(String name, RolloutGuard... guards);

    /** Returns the rollouts of the namespace whose traffic still stands between two predictors; see {@link #resume}. */
    List<Operation<SeldonDeploymentStatus>> unfinishedRollouts();

    /** Deletes a deployment; the cluster removes its pods and Services afterwards. Returns whether it was there. */
    boolean delete(String name);

    /**
     * Deletes a deployment and waits until it is gone with all that the operator made of it.
     *
     * @param timeout how long to wait
     * @return whether it was there
     * @throws dev.fairlead.error.OperationTimeoutException if something was left by then; the message names the finalizers that hold it. It stays
     *     marked for deletion
     */
    boolean delete(String name, Duration timeout);

    /** Follows the deployments of the namespace; the caller closes the watch. */
    DeploymentWatch watch();
}
