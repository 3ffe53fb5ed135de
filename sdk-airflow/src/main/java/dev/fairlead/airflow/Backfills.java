package dev.fairlead.airflow;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import java.util.List;
import java.util.Optional;

/** Runs scheduled DAGs for dates that are past. Needs Airflow 3. Immutable and thread-safe. */
public interface Backfills {
    /** Returns the runs that a backfill would make, and makes none. */
    List<PlannedRun> plan(BackfillSpec backfill);

    /**
     * Starts a backfill, or takes up the one that is running already with just this description.
     *
     * <p>The operation ends when all its runs have ended; with {@link BackfillFailedException} if some failed. A paused DAG lets them wait.
     * Cancelling it ends the backfill; its running runs go on.
     *
     * @throws dev.fairlead.error.ConflictException if another backfill of the DAG is running
     * @throws dev.fairlead.error.InvalidRequestException if the DAG has no periodic schedule
     * @throws dev.fairlead.error.NotFoundException if the server knows no such DAG
     */
    Operation<Backfill> create(BackfillSpec backfill);

    /** Takes up a backfill again by its operation id, in this or another process. */
    Operation<Backfill> operation(String operationId);

    /**
     * Reads a backfill.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Backfill get(int id);

    /** Finds the backfill of a DAG that has not ended. */
    Optional<Backfill> running(String dagId);

    /** Lists the backfills of a DAG, the latest first. */
    PagedIterable<Backfill> list(String dagId);

    /**
     * Starts no more of its runs.
     *
     * @throws dev.fairlead.error.ConflictException if it has ended
     */
    Backfill pause(int id);

    /**
     * Starts its runs again.
     *
     * @throws dev.fairlead.error.ConflictException if it has ended
     */
    Backfill unpause(int id);

    /** Ends it: what waits is failed, what runs goes on. One that has ended stays as it is. */
    Backfill cancel(int id);
}
