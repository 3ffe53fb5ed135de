package dev.fairlead.airflow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls what this client has no method for, on the same line as every other call: credentials, retries, time limits and typed errors are those
 * of the client. Immutable and thread-safe.
 *
 * <p>{@code airflow.raw().get("dags/flights/details")}
 *
 * <p>A path that begins with a slash stands below the server's address; another one below the REST API that this server speaks,
 * {@code /api/v2/} or, before Airflow 3, {@code /api/v1/}. It is encoded, and may have a query. What may be repeated when it is not known
 * whether the server acted: GET always, anything else only after {@link #repeatable()}.
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

    /** Reads a JSON object into a record, whose component names are the server's in camel case; what the record lacks is left out. */
    <T> T get(String path, Class<T> type);

    /** Sends a JSON object by POST; an empty answer is an empty map. */
    default Map<String, Object> post(String path, Map<String, ?> body) {
        return send("POST", path, body);
    }

    /** Sends a JSON object by PUT; an empty answer is an empty map. */
    default Map<String, Object> put(String path, Map<String, ?> body) {
        return send("PUT", path, body);
    }

    /** Sends a JSON object by PATCH; an empty answer is an empty map. Name the fields to write as {@code update_mask} of the path's query. */
    default Map<String, Object> patch(String path, Map<String, ?> body) {
        return send("PATCH", path, body);
    }

    /** Deletes; an empty answer is an empty map. */
    Map<String, Object> delete(String path);

    /** Sends a JSON object; an empty answer is an empty map. */
    Map<String, Object> send(String method, String path, Map<String, ?> body);

    /**
     * Sends text and returns text, neither of which is looked into.
     *
     * @param json what is sent, as JSON; or {@code null} for nothing
     */
    String text(String method, String path, @Nullable String json);
}
