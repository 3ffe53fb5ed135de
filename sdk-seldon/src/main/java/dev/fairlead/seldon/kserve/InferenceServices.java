package dev.fairlead.seldon.kserve;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.kubernetes.ApplyPlan;
import java.util.Optional;

/** The inference services of a namespace. */
public interface InferenceServices {
    /**
     * Makes the cluster hold this inference service: creates it, or changes what differs. Deploying the same again changes nothing.
     *
     * <p>The operation ends when all pods of this very specification are available, KServe says Ready and up to date, and the traffic is
     * split as asked; it fails with an {@link InferenceServiceFailedException} that names the cause. Pods of this specification are known by
     * an annotation, {@code fairlead.dev/component-spec}, that KServe copies to them.
     *
     * @throws dev.fairlead.kubernetes.FieldConflictException if fields belong to others; see {@link #deployForced}
     * @throws dev.fairlead.error.InvalidRequestException if the cluster or KServe's webhook refuses it
     */
    Operation<InferenceServiceStatus> deploy(InferenceService service);

    /** Does the same, and takes over fields that belong to others. */
    Operation<InferenceServiceStatus> deployForced(InferenceService service);

    /**
     * Asks the cluster, KServe's webhook included, whether it would take this inference service; changes nothing.
     *
     * @return the inference service as it would be stored
     * @throws dev.fairlead.error.InvalidRequestException if the cluster or KServe's webhook refuses it
     */
    InferenceService dryRun(InferenceService service);

    /**
     * Shows field by field what {@link #deploy} would change, as the cluster itself sees it; writes nothing.
     *
     * @throws dev.fairlead.kubernetes.FieldConflictException if fields belong to others; see {@link #deployForced}
     * @throws dev.fairlead.error.InvalidRequestException if the cluster would refuse it
     */
    ApplyPlan plan(InferenceService service);

    /**
     * Reads an inference service as its maker wrote it: without its status, and what else only the server writes. What KServe's webhook fills
     * in is there.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none of this name
     */
    InferenceService get(String name);

    /** Reads an inference service, if it exists. */
    Optional<InferenceService> find(String name);

    /** Lists the inference services. */
    PagedIterable<InferenceService> list();

    /**
     * Reads what KServe reports of an inference service. It may be of the specification before; {@link #follow} looks further.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none of this name
     */
    InferenceServiceStatus status(String name);

    /**
     * Follows the rollout of an inference service as it is now; see {@link #deploy}. Of one that others made, the pods KServe keeps at the
     * moment count.
     */
    Operation<InferenceServiceStatus> follow(String name);

    /** Deletes an inference service; the cluster removes its pods afterwards. Returns whether it was there. */
    boolean delete(String name);
}
