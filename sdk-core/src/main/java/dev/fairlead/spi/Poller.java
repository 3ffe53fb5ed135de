package dev.fairlead.spi;

import dev.fairlead.Operation;
import dev.fairlead.error.OperationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes {@link Operation}s of a function that looks once at the work. */
public interface Poller {
    /** Makes an operation. */
    <T> Operation<T> operation(Spec<T> spec);

    /**
     * Describes how one kind of work is followed.
     *
     * @param id names the work for re-attachment
     * @param what names the work in messages, such as {@code airflow dag run flights/manual__1}
     * @param look looks once; blocks at most until the deadline it is given
     * @param first the first pause between two looks
     * @param longest the longest pause; it grows by half each time, with jitter
     * @param cancel stops the remote work, or {@code null} where that cannot be done
     * @param <T> the result
     */
    record Spec<T>(
            String id,
            String what,
            Look<T> look,
            Duration first,
            Duration longest,
            @Nullable Runnable cancel) {}

    /**
     * Looks at the work.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    interface Look<T> {
        /** Returns what was seen. */
        Seen<T> look(Deadline deadline);
    }

    /**
     * Looks at what others keep up to date: a look costs no call and is quick, and it is told when to look again.
     *
     * @param <T> the result
     */
    interface WatchedLook<T> extends Look<T> {
        /**
         * Begins a wait; where it is not called, for time passes at once, looks read for themselves.
         *
         * @param again may be run at any time, from any thread: the next look is then made at once; must not block
         * @return ends the wait
         */
        Runnable begin(Runnable again);
    }

    /**
     * What a look saw.
     *
     * @param <T> the result
     */
    sealed interface Seen<T> {
        /** The work goes on. */
        record Pending<T>(String state, String detail) implements Seen<T> {}

        /** The work ended well. */
        record Done<T>(T result) implements Seen<T> {}

        /** The work ended without success. */
        record Failed<T>(OperationException failure) implements Seen<T> {}
    }
}
