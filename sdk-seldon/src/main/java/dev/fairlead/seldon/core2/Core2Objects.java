package dev.fairlead.seldon.core2;

import dev.fairlead.PagedIterable;
import dev.fairlead.kubernetes.ApplyPlan;
import java.time.Duration;
import java.util.Optional;

/**
 * The objects of one kind in a namespace.
 *
 * @param <T> the kind
 */
public interface Core2Objects<T extends Core2Object> {
    /**
     * Reads an object as its maker wrote it: without its status, and what else only the server writes.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none of this name
     */
    T get(String name);

    /** Reads an object, if it exists. */
    Optional<T> find(String name);

    /** Lists the objects. */
    PagedIterable<T> list();

    /**
     * Makes the cluster hold this object: creates it, or changes what differs. Applying the same again changes nothing. The cluster takes
     * whatever fits the schema; whether Seldon can do with it is told later, by the status.
     *
     * @return the object as it is stored
     * @throws dev.fairlead.error.InvalidValueException if it breaks a rule of Seldon's, before anything is sent
     * @throws dev.fairlead.kubernetes.FieldConflictException if fields belong to others; see {@link #applyForced}
     * @throws dev.fairlead.error.InvalidRequestException if the cluster refuses it
     */
    T apply(T object);

    /** Does the same, and takes over fields that belong to others. */
    T applyForced(T object);

    /**
     * Asks the cluster whether its schema takes this object; changes nothing.
     *
     * @return the object as it would be stored
     * @throws dev.fairlead.error.InvalidRequestException if the cluster refuses it
     */
    T dryRun(T object);

    /**
     * Shows field by field what {@link #apply} would change, as the cluster itself sees it; writes nothing.
     *
     * @throws dev.fairlead.kubernetes.FieldConflictException if fields belong to others; see {@link #applyForced}
     * @throws dev.fairlead.error.InvalidRequestException if the cluster would refuse it
     */
    ApplyPlan plan(T object);

    /** Deletes an object and does not wait for Seldon to let go of it. Returns whether it was there. */
    boolean delete(String name);

    /**
     * Deletes an object and waits until it is gone. Seldon holds models, servers, pipelines and experiments with a finalizer until its
     * scheduler has unloaded them: a server with models on it, or a scheduler that is not there, can hold one for ever.
     *
     * @return whether it was there
     * @throws DeletionHeldException if it is still there after that time, with the finalizers that hold it
     */
    boolean delete(String name, Duration timeout);
}
