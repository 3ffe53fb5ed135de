package dev.fairlead.mlflow;

/**
 * Names what a search of traces can compare, besides {@link Filter#tag}; the conditions are those of {@link Filter}.
 *
 * <p>{@code TraceFilter.state().eq("ERROR").and(TraceFilter.feedback("helpful").eq("false"))}
 */
public final class TraceFilter {
    private TraceFilter() {}

    /** Names a trace's state: {@code OK}, {@code ERROR}, {@code IN_PROGRESS}. */
    public static Filter.Text state() {
        return new Filter.Text("attribute.status");
    }

    /** Names a trace's name, as MLflow's own tracing sets it. */
    public static Filter.Text name() {
        return new Filter.Text("attribute.name");
    }

    /** Names the run a trace was made in or linked to. */
    public static Filter.Text runId() {
        return new Filter.Text("attribute.run_id");
    }

    /** Names when a trace began, in milliseconds. */
    public static Filter.Numeric timestamp() {
        return new Filter.Numeric("attribute.timestamp_ms");
    }

    /** Names how long a trace took, in milliseconds. */
    public static Filter.Numeric duration() {
        return new Filter.Numeric("attribute.execution_time_ms");
    }

    /** Names a trace's metadata, which unlike tags cannot be changed. */
    public static Filter.Text metadata(String key) {
        return new Filter.Text("request_metadata." + Filter.quotedKey(key));
    }

    /** Names the name of any span of a trace. */
    public static Filter.Text spanName() {
        return new Filter.Text("span.name");
    }

    /** Names the type of any span of a trace, such as {@code LLM}. */
    public static Filter.Text spanType() {
        return new Filter.Text("span.type");
    }

    /** Names the value of a feedback: a text, a number, or {@code true} and {@code false}, all compared as text. */
    public static Filter.Text feedback(String name) {
        return new Filter.Text("feedback." + Filter.quotedKey(name));
    }

    /** Names the value of an expectation, compared as text. */
    public static Filter.Text expectation(String name) {
        return new Filter.Text("expectation." + Filter.quotedKey(name));
    }

    /** Holds where the JSON of some span fits an SQL pattern with {@code %} and {@code _}. */
    public static Filter contentLike(String pattern) {
        return new Filter.Text("span.content").like(pattern);
    }
}
