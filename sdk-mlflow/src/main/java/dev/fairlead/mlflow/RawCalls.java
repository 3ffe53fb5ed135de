package dev.fairlead.mlflow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls what this client has no method for, on the same line as every other call: credentials, retries, time limits, workspace and typed
 * errors are those of the client. Immutable and thread-safe.
 *
 * <p>{@code mlflow.raw().get("/api/3.0/mlflow/server-info")}
 *
 * <p>A path that begins with a slash stands below the tracking URI; another one below {@code /api/2.0/mlflow/}. What may be repeated when it
 * is not known whether the server acted: GET always, anything else only after {@link #repeatable()}.
 *
 * <p>A path that is none throws {@link dev.fairlead.error.InvalidValueException}, an answer that is no JSON object
 * {@link dev.fairlead.error.InvalidResponseException}.
 */
public interface RawCalls {
    /** Returns calls that are repeated when their outcome is unknown: for those that end in the same state however often they are sent. */
    RawCalls repeatable();

    /** Reads a JSON object. */
    default Map<String, Object> get(String path) {
        return get(path, Map.of());
    }

    /** Reads a JSON object; an iterable of the query is sent as one parameter for each element. */
    Map<String, Object> get(String path, Map<String, ?> query);

    /** Sends a JSON object by POST; an empty answer is an empty map. */
    default Map<String, Object> post(String path, Map<String, ?> body) {
        return send("POST", path, body);
    }

    /** Sends a JSON object by PUT; an empty answer is an empty map. */
    default Map<String, Object> put(String path, Map<String, ?> body) {
        return send("PUT", path, body);
    }

    /** Sends a JSON object by PATCH; an empty answer is an empty map. */
    default Map<String, Object> patch(String path, Map<String, ?> body) {
        return send("PATCH", path, body);
    }

    /** Sends a JSON object by DELETE, which MLflow reads where it ignores a query; an empty answer is an empty map. */
    default Map<String, Object> delete(String path, Map<String, ?> body) {
        return send("DELETE", path, body);
    }

    /** Sends a JSON object; an empty answer is an empty map. */
    Map<String, Object> send(String method, String path, Map<String, ?> body);

    /**
     * Sends text and returns text, neither of which is looked into.
     *
     * @param json what is sent, as JSON; or {@code null} for nothing
     */
    String text(String method, String path, @Nullable String json);
}
