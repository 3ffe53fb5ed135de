package dev.fairlead.mlflow.internal;

import dev.fairlead.error.ConflictException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Repeat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Knows whether an attempt of a create was lost. The server may have been at work on it still when it was looked for, and finish after that:
 * then the next attempt finds the name taken, or makes a twin.
 *
 * @param <T> what the create returns
 */
public final class Lost<T> {
    private final AtomicBoolean happened = new AtomicBoolean();
    private final Function<Deadline, Optional<T>> lookup;

    /** Creates the knowledge of one create; {@code lookup} finds what an earlier attempt made. */
    public Lost(Function<Deadline, Optional<T>> lookup) {
        this.lookup = lookup;
    }

    /** Returns how the create is repeated. */
    public Repeat<T> repeat() {
        return Repeat.reconcile(deadline -> {
            happened.set(true);
            return lookup.apply(deadline);
        });
    }

    /** Returns whether an attempt was lost. */
    public boolean happened() {
        return happened.get();
    }

    /** Creates what has a name of its own: taken after an attempt was lost, it is that attempt that took it. */
    public static <T> T named(Api api, Function<Deadline, Optional<T>> lookup, Function<Repeat<T>, T> create) {
        Lost<T> lost = new Lost<>(lookup);
        try {
            return create.apply(lost.repeat());
        } catch (ConflictException e) {
            if (!lost.happened()) {
                throw e;
            }
            return lookup.apply(api.calls().deadline()).orElseThrow(() -> e);
        }
    }

    /**
     * Creates what has a key of this call alone: of twins the oldest stays.
     *
     * @param all finds all that have the key, the oldest first
     * @param remove removes a twin; does nothing where it is gone
     */
    public static <T> T keyed(
            Api api, Function<Deadline, List<T>> all, Function<Repeat<T>, T> create, Consumer<T> remove) {
        Lost<T> lost = new Lost<>(deadline -> all.apply(deadline).stream().findFirst());
        T made = create.apply(lost.repeat());
        if (!lost.happened()) {
            return made;
        }
        List<T> twins = all.apply(api.calls().deadline());
        twins.stream().skip(1).forEach(remove);
        return twins.isEmpty() ? made : twins.get(0);
    }
}
