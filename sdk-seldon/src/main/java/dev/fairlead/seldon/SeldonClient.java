package dev.fairlead.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.inference.InferenceClient;
import dev.fairlead.inference.InferenceModel;
import dev.fairlead.seldon.core2.Core2Client;

/**
 * Deploys models with Seldon Core and calls them: with Core 1 here, with Core 2 by {@link #core2()}. Immutable and thread-safe; opens no connection before the first call.
 *
 * <p>Names without a namespace are in that of the platform; see {@link #inNamespace}.
 */
public interface SeldonClient {
    /** Makes a client. */
    static SeldonClient create(MlPlatform platform) {
        return new DefaultSeldonClient(platform);
    }

    /** Returns the deployments. */
    SeldonDeployments deployments();

    /** Returns the client of Seldon Core 2, in the same namespace. */
    Core2Client core2();

    /**
     * Makes the cluster hold the credentials of a model store; nodes name them by their Secret's name. Applying the same again changes nothing.
     *
     * @throws dev.fairlead.kubernetes.FieldConflictException if the Secret belongs to others
     */
    void apply(StorageSecret secret);

    /** Returns a view whose names are in another namespace. */
    SeldonClient inNamespace(String namespace);

    /**
     * Attaches to a rollout again, from any process.
     *
     * @param id what {@link Operation#id()} gave
     * @throws dev.fairlead.error.InvalidValueException if it is no such id
     */
    Operation<SeldonDeploymentStatus> operation(String id);

    /**
     * Returns a client of a deployment's models.
     *
     * <p>It goes through the gateway where {@code seldon.uri} is set, at {@code /seldon/<namespace>/<deployment>}, which splits the traffic
     * among the predictors. Otherwise it speaks to the deployment's first predictor that is no shadow: to its Service inside the cluster, and
     * through a port forwarded to one of its ready pods outside, which is closed with the platform.
     *
     * @throws dev.fairlead.error.NotFoundException if there is no such deployment
     * @throws dev.fairlead.error.UnavailableException if none of its pods is ready
     */
    InferenceClient inference(String deployment);

    /**
     * Returns a client of one predictor's models, past the gateway; see {@link #inference(String)}.
     *
     * @throws dev.fairlead.error.NotFoundException if there is no such deployment or predictor
     * @throws dev.fairlead.error.UnavailableException if none of its pods is ready
     */
    InferenceClient inference(String deployment, String predictor);

    /** Returns the model a deployment serves: the first node of its first predictor that is no shadow; see {@link #inference(String)}. */
    InferenceModel model(String deployment);

    /** Returns the model one predictor serves: the first node of its graph; see {@link #inference(String, String)}. */
    InferenceModel model(String deployment, String predictor);
}
