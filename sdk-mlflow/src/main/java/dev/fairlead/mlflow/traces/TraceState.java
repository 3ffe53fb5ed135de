package dev.fairlead.mlflow.traces;

/**
 * Says how a trace, or a span, ended.
 *
 * @param value the server's word
 */
public record TraceState(String value) {
    /** Ended well. */
    public static final TraceState OK = new TraceState("OK");

    /** Ended with an error. */
    public static final TraceState ERROR = new TraceState("ERROR");

    /** Not ended yet. */
    public static final TraceState IN_PROGRESS = new TraceState("IN_PROGRESS");

    /** Nothing was said. */
    public static final TraceState UNSPECIFIED = new TraceState("UNSPECIFIED");

    /** Wraps the server's word, also one that this version does not know. */
    public static TraceState of(String value) {
        return new TraceState(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
