package dev.fairlead;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Follows remote work that ends later than the call that started it. Thread-safe; holds no connection for long while nobody waits.
 *
 * <p>Another process can take the same work up again with the client's {@code operation(id)}.
 *
 * @param <T> the result
 */
public interface Operation<T> {
    /** Returns the id with which the client's {@code operation(id)} attaches to the same work. */
    String id();

    /**
     * Waits for the end of the work.
     *
     * @param timeout how long to wait; there is no default
     * @throws dev.fairlead.error.OperationFailedException if the work ended without success
     * @throws dev.fairlead.error.OperationTimeoutException if it had not ended by then; it goes on, and may be awaited again
     * @throws dev.fairlead.error.OperationInterruptedException if the thread was interrupted; the flag is set again
     */
    T await(Duration timeout);

    /** Tells the listener of each look at the work, from the waiting thread; returns this operation. Must not throw. */
    Operation<T> onProgress(Consumer<Progress> listener);

    /**
     * Waits on a daemon thread.
     *
     * @param timeout how long to wait; the future then fails with {@link dev.fairlead.error.OperationTimeoutException}
     * @return a future whose cancelling stops our waiting only; {@link #cancel()} stops the work
     */
    CompletableFuture<T> completion(Duration timeout);

    /**
     * Stops the remote work, where the system can.
     *
     * @throws UnsupportedOperationException if this kind of work cannot be stopped
     */
    void cancel();

    /**
     * Tells how far the work is.
     *
     * @param state the state in the server's words
     * @param detail what it is doing, or why it is not; may be empty
     * @param elapsed how long we have waited
     */
    record Progress(String state, String detail, Duration elapsed) {}
}
