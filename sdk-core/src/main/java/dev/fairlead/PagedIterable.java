package dev.fairlead;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a listing lazily: a page is fetched when its first element is asked for, and each iteration starts afresh.
 *
 * <p>An empty page that names a next one is not the end. A server that answers with the token it was asked with raises
 * {@link dev.fairlead.error.InvalidResponseException} instead of an endless loop.
 *
 * @param <T> the elements
 */
public interface PagedIterable<T> extends Iterable<T> {
    /** Returns the elements as a sequential stream that fetches pages on demand. */
    Stream<T> stream();

    /** Returns the pages themselves. */
    Iterable<Page<T>> byPage();

    /**
     * Holds one page as the server sent it.
     *
     * @param items the elements; may be empty although more pages follow
     * @param nextToken the token of the next page, or {@code null} after the last
     * @param <T> the elements
     */
    record Page<T>(List<T> items, @Nullable String nextToken) {
        /** Copies the items; an empty token means that there is no next page. */
        public Page {
            items = List.copyOf(items);
            nextToken = nextToken == null || nextToken.isEmpty() ? null : nextToken;
        }

        /** Returns the token of the next page. */
        public Optional<String> next() {
            return Optional.ofNullable(nextToken);
        }
    }
}
