package dev.fairlead.testing.kube;

import java.util.List;
import java.util.Map;

/**
 * Is a request that a {@link FakeKube} received.
 *
 * @param operation what it asked, such as {@code apply configmaps}, {@code list pods}, {@code pod logs} or {@code version}
 * @param method the HTTP method
 * @param path the path as it was sent
 * @param query the query as it was sent; may be empty
 * @param headers the headers, names in lower case
 * @param body the body; may be empty
 * @param status what was answered, or 0 when the answer was lost on purpose
 */
public record KubeRequest(
        String operation,
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        String body,
        int status) {
    /** Returns all values of a header, by its name in any case. */
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of());
    }

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " -> " + status;
    }
}
