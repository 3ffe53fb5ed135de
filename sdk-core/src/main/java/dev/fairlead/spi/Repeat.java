package dev.fairlead.spi;

import java.util.Optional;
import java.util.function.Function;

/**
 * Says what may be done when a call fails and it is not known whether the server acted on it. Declared per operation, not per HTTP verb.
 *
 * @param <T> what the call returns
 */
public sealed interface Repeat<T> {
    /** Repeating does no harm: reads, searches by POST, and writes that end in the same state. */
    static <T> Repeat<T> safe() {
        return new Safe<>();
    }

    /** Only what certainly did not happen is repeated: failed connects, 429, and 503 with Retry-After. */
    static <T> Repeat<T> onlyIfRefused() {
        return new OnlyIfRefused<>();
    }

    /**
     * Before repeating, the object is looked up by its key, and adopted when the lost attempt did make it.
     *
     * @param lookup finds what an earlier attempt made; called within the deadline given
     */
    static <T> Repeat<T> reconcile(Function<Deadline, Optional<T>> lookup) {
        return new Reconcile<>(lookup);
    }

    /** See {@link Repeat#safe()}. */
    record Safe<T>() implements Repeat<T> {}

    /** See {@link Repeat#onlyIfRefused()}. */
    record OnlyIfRefused<T>() implements Repeat<T> {}

    /** See {@link Repeat#reconcile}. */
    record Reconcile<T>(Function<Deadline, Optional<T>> lookup) implements Repeat<T> {}
}
