package dev.fairlead.seldon.kserve;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;

/**
 * Deploys models with KServe. Immutable and thread-safe; opens no connection before the first call.
 *
 * <p>It is a client of its own and no part of {@link dev.fairlead.seldon.SeldonClient}, for a cluster has KServe or Seldon, and whoever
 * reads {@code KServeClient.create(platform)} sees which. Names without a namespace are in that of the platform; see {@link #inNamespace}.
 */
public interface KServeClient {
    /** Makes a client. */
    static KServeClient create(MlPlatform platform) {
        return new DefaultKServeClient(platform);
    }

    /** Returns the inference services. */
    InferenceServices services();

    /** Returns a view whose names are in another namespace. */
    KServeClient inNamespace(String namespace);

    /**
     * Attaches to a rollout again, from any process.
     *
     * @param id what {@link Operation#id()} gave
     * @throws dev.fairlead.error.InvalidValueException if it is no such id
     */
    Operation<InferenceServiceStatus> operation(String id);
}
