package dev.fairlead.seldon;

import java.time.Duration;
import java.util.Optional;

/**
 * Follows the deployments of a namespace: first all there are, then each change. Goes on where a connection breaks, where the server restarts and
 * where it has forgotten the place, without losing or repeating a state. Thread-safe; close it when done.
 *
 * <p>Who asks late misses nothing that counts: changes of one deployment that came meanwhile are told as one, with its newest state.
 */
public interface DeploymentWatch extends AutoCloseable {
    /**
     * Waits for the next event.
     *
     * @param timeout how long to wait
     * @return the event; empty if none came in time
     * @throws dev.fairlead.error.PermissionException if the deployments may not be listed or watched
     * @throws dev.fairlead.error.OperationInterruptedException if the thread was interrupted; the flag is set again
     */
    Optional<DeploymentEvent> next(Duration timeout);

    /** Stops following. */
    @Override
    void close();
}
