package dev.fairlead.mlflow.traces;

import java.time.Instant;
import java.util.Map;

/**
 * Holds what happened at one moment of a span, such as an exception.
 *
 * @param name what happened
 * @param time when
 * @param attributes more about it, as JSON trees
 */
public record SpanEvent(String name, Instant time, Map<String, Object> attributes) {
    /** Copies the attributes. */
    public SpanEvent {
        attributes = Map.copyOf(attributes);
    }
}
