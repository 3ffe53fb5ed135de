package dev.fairlead.spi;

/**
 * Is what every generated builder extends: the generated {@link #part()} makes the value as it stands, {@link #build()} checks the whole
 * tree once. A nested builder is taken with {@link #partOf}, so that its problems are reported with those of its parent.
 *
 * @param <T> the value
 */
public abstract class ValueBuilder<T> {
    /** Makes the value without checking it. */
    protected abstract T part();

    /** Makes the value, or throws an {@link dev.fairlead.error.InvalidValueException} that names every problem. */
    public T build() {
        T value = part();
        return Problems.check(kind(value), value);
    }

    /** Makes the value of one of our builders without checking it; the parent's {@code build()} will. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public static <T> T partOf(Object builder) {
        return ((ValueBuilder<? extends T>) builder).part();
    }

    private static String kind(Object value) {
        String name = value.getClass().getSimpleName();
        return name.startsWith("Immutable") ? name.substring("Immutable".length()) : name;
    }
}
