package dev.fairlead.mlflow.traces;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds one step of a trace. */
public interface Span {
    /** Returns its id, 16 hexadecimal digits. */
    String id();

    /** Returns the id of the span it is part of; empty for the outermost. */
    Optional<String> parentId();

    /** Returns its name. */
    String name();

    /** Returns when it began. */
    Instant start();

    /** Returns when it ended; empty while it runs. */
    Optional<Instant> end();

    /** Returns how it ended. */
    TraceState state();

    /** Returns what went wrong; empty where nothing was said. */
    String statusMessage();

    /** Returns what was noted about it, as JSON trees; MLflow's own keys begin with {@code mlflow.}. */
    Map<String, Object> attributes();

    /** Returns what happened in it. */
    List<SpanEvent> events();

    /** Returns its type, such as {@code LLM} or {@code TOOL}; empty where none is noted. */
    default String type() {
        return attributes().get("mlflow.spanType") instanceof String text ? text : "";
    }

    /** Returns what went in, as a JSON tree, if it is noted. */
    default Optional<Object> inputs() {
        return Optional.ofNullable(attributes().get("mlflow.spanInputs"));
    }

    /** Returns what came out, as a JSON tree, if it is noted. */
    default Optional<Object> outputs() {
        return Optional.ofNullable(attributes().get("mlflow.spanOutputs"));
    }

    /** Starts a span value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableSpan.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a span value. Not thread-safe. */
    interface Builder {
        /** Sets its id; mandatory. */
        Builder id(String id);

        /** Sets the id of the span it is part of. */
        Builder parentId(String id);

        /** Sets its name. */
        Builder name(String name);

        /** Sets when it began. */
        Builder start(Instant start);

        /** Sets when it ended. */
        Builder end(Instant end);

        /** Sets how it ended. */
        Builder state(TraceState state);

        /** Sets what went wrong. */
        Builder statusMessage(String message);

        /** Replaces what was noted about it. */
        Builder attributes(Map<String, ? extends Object> attributes);

        /** Replaces what happened in it. */
        Builder events(Iterable<? extends SpanEvent> events);

        /** Adds what happened in it. */
        Builder addEvent(SpanEvent event);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Span build();
    }
}
