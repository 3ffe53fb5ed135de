package dev.fairlead.seldon.core2;

import dev.fairlead.Operation;

/**
 * The objects of one kind in a namespace of which Seldon reports how they fare.
 *
 * @param <T> the kind
 */
public interface Core2Workloads<T extends Core2Object> extends Core2Objects<T> {
    /**
     * Makes the cluster hold this object and follows what becomes of it.
     *
     * <p>Seldon's status does not say which generation it speaks of, and keeps what it said of the last one until it has looked at the new
     * one. This waits for the word on this very change.
     *
     * @return ends when Seldon reports that the object is ready, and fails with a {@link Core2FailedException}
     * @throws dev.fairlead.error.InvalidValueException if it breaks a rule of Seldon's, before anything is sent
     * @throws dev.fairlead.kubernetes.FieldConflictException if fields belong to others; see {@link #deployForced}
     * @throws dev.fairlead.error.InvalidRequestException if the cluster refuses it
     */
    Operation<Core2Status> deploy(T object);

    /** Does the same, and takes over fields that belong to others. */
    Operation<Core2Status> deployForced(T object);

    /**
     * Follows an object as it is now; see {@link #deploy}. Where Seldon has written nothing since the last change and stays silent for
     * 10 seconds, what it wrote before counts: to its scheduler the change made no difference.
     */
    Operation<Core2Status> follow(String name);

    /**
     * Reads what Seldon reports of an object. It may speak of an older generation; {@link #follow} looks further.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none of this name
     */
    Core2Status status(String name);
}
