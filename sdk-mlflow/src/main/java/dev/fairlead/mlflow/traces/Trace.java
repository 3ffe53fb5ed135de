package dev.fairlead.mlflow.traces;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a trace as the server described it when it was read: one request to an application, and the steps it took. */
public interface Trace {
    /** Returns its id: {@code tr-} and the 32 hexadecimal digits of an OpenTelemetry trace. */
    String id();

    /** Returns the id of the experiment it belongs to. */
    String experimentId();

    /** Returns how it ended. */
    TraceState state();

    /** Returns when it began. */
    Instant startTime();

    /** Returns how long it took; empty while it runs. */
    Optional<Duration> duration();

    /** Returns the beginning of what went in; empty where nothing is noted. */
    String requestPreview();

    /** Returns the beginning of what came out; empty where nothing is noted. */
    String responsePreview();

    /** Returns what was noted when it was made, which cannot be changed. */
    Map<String, String> metadata();

    /** Returns its tags. */
    Map<String, String> tags();

    /** Returns what was said of it, those replaced by others included. */
    List<Assessment> assessments();

    /** Returns its spans; empty where a search found it. */
    List<Span> spans();

    /** Returns the id of the run it was made in, if it was made in one; links made later are not told. */
    default Optional<String> runId() {
        return Optional.ofNullable(metadata().get("mlflow.sourceRun"));
    }

    /** Starts a trace value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableTrace.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a trace value. Not thread-safe. */
    interface Builder {
        /** Sets its id; mandatory. */
        Builder id(String id);

        /** Sets the id of its experiment. */
        Builder experimentId(String id);

        /** Sets how it ended. */
        Builder state(TraceState state);

        /** Sets when it began. */
        Builder startTime(Instant start);

        /** Sets how long it took. */
        Builder duration(Duration duration);

        /** Sets the beginning of what went in. */
        Builder requestPreview(String preview);

        /** Sets the beginning of what came out. */
        Builder responsePreview(String preview);

        /** Replaces what was noted when it was made. */
        Builder metadata(Map<String, ? extends String> metadata);

        /** Replaces its tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Replaces what was said of it. */
        Builder assessments(Iterable<? extends Assessment> assessments);

        /** Adds what was said of it. */
        Builder addAssessment(Assessment assessment);

        /** Replaces its spans. */
        Builder spans(Iterable<? extends Span> spans);

        /** Adds a span. */
        Builder addSpan(Span span);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Trace build();
    }
}
