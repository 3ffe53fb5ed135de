package dev.fairlead.testing.server;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value found at most once, by the first who asks. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private volatile @Nullable T value;

    Once(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T found = value;
        if (found == null) {
            found = source.get();
            value = found;
        }
        return found;
    }
}
