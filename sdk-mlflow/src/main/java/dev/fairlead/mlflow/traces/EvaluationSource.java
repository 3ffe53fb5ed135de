package dev.fairlead.mlflow.traces;

import java.util.Map;

/**
 * Says where a record of an evaluation dataset comes from.
 *
 * @param type the server's word for the kind: {@code TRACE}, {@code HUMAN}, {@code DOCUMENT} or {@code CODE}
 * @param data what tells it from others of its kind, as JSON trees
 */
public record EvaluationSource(String type, Map<String, Object> data) {
    /** Copies the data. */
    public EvaluationSource {
        data = Map.copyOf(data);
    }

    /** Names a trace by its id. */
    public static EvaluationSource trace(String traceId) {
        return new EvaluationSource("TRACE", Map.of("trace_id", traceId));
    }

    /** Names a person. */
    public static EvaluationSource human(String user) {
        return new EvaluationSource("HUMAN", Map.of("user_name", user));
    }

    /** Names a document. */
    public static EvaluationSource document(String uri) {
        return new EvaluationSource("DOCUMENT", Map.of("doc_uri", uri));
    }

    /** Names a program that made it up. */
    public static EvaluationSource code(String program) {
        return new EvaluationSource("CODE", Map.of("source_id", program));
    }
}
