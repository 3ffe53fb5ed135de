package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Says that a step gets several requests at once.
 *
 * @param count how many requests are gathered, or {@code null}
 * @param span how long they are gathered at most, in whole milliseconds, or {@code null}
 * @param rolling whether the window moves with every request
 * @param additionalFields the fields we do not model, as they stand in the object
 */
public record StepBatch(
        @Nullable Integer count, @Nullable Duration span, boolean rolling, Map<String, Object> additionalFields) {
    /** Keeps a copy. */
    public StepBatch {
        additionalFields = Collections.unmodifiableMap(Trees.copy(additionalFields));
    }

    /** Gathers so many requests. */
    public static StepBatch ofSize(int size) {
        return new StepBatch(size, null, false, Map.of());
    }

    /** Gathers requests for so long. */
    public static StepBatch ofWindow(Duration window) {
        return new StepBatch(null, window, false, Map.of());
    }

    /** Gathers them for so long at most. */
    public StepBatch within(Duration window) {
        return new StepBatch(count, window, rolling, additionalFields);
    }

    /** Returns how many requests are gathered. */
    public OptionalInt size() {
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    /** Returns how long they are gathered at most. */
    public Optional<Duration> window() {
        return Optional.ofNullable(span);
    }
}
