package dev.fairlead.testing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Holds one request as a fake server received it, and how it was answered.
 *
 * @param method the HTTP method
 * @param path the path, encoded as it was sent
 * @param query the query, decoded; a name may occur more than once
 * @param headers the headers, names in lower case
 * @param body the body where it was text of at most 1 MiB; empty otherwise
 * @param status the status of the answer; 0 where the connection was cut
 */
public record RecordedRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String body,
        int status) {

    /** Copies the maps. */
    public RecordedRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** Returns the first value of a header, by any case of its name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** Returns the first value of a query parameter. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Shows neither headers nor body, for they may hold secrets. */
    @Override
    public String toString() {
        return method + " " + path + " -> " + status;
    }
}
