package dev.fairlead.airflow.admin;

import dev.fairlead.PagedIterable;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes, finds and changes pools, whose slots limit how many tasks run at once. Immutable and thread-safe. */
public interface Pools {
    /** Lists the pools by name. */
    PagedIterable<Pool> list();

    /**
     * Reads a pool.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Pool get(String name);

    /** Finds a pool. */
    Optional<Pool> find(String name);

    /**
     * Makes a pool.
     *
     * @throws dev.fairlead.error.ConflictException if the name is taken
     */
    Pool create(PoolSpec pool);

    /** Returns the pool of this name as it is, and makes it with so many slots where there is none. */
    Pool ensure(String name, int slots);

    /**
     * Brings a pool to its description: makes it where there is none, writes what differs, and nothing where nothing does. What the
     * description does not set stays as it is.
     *
     * @throws dev.fairlead.error.ConflictException if another changed it meanwhile
     */
    Applied<Pool> apply(PoolSpec pool);

    /** Brings a pool to so many slots; see {@link #apply(PoolSpec)}. */
    default Applied<Pool> apply(String name, int slots) {
        return apply(PoolSpec.of(name, slots));
    }

    /** Deletes a pool. Returns whether it was there. */
    boolean delete(String name);

    /**
     * Sends many changes in one call. Needs Airflow 3, updates 3.2.
     *
     * @throws BulkException if some were not made; it tells which were
     */
    BulkResult bulk(Consumer<Bulk<PoolSpec>> changes);
}
