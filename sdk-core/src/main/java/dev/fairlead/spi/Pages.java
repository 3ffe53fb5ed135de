package dev.fairlead.spi;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.InvalidResponseException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Makes {@link PagedIterable}s of a function that fetches one page. */
public final class Pages {
    private Pages() {}

    /**
     * Makes a lazy, re-iterable sequence.
     *
     * @param what names the listing in messages, such as {@code mlflow runs/search}
     * @param fetch fetches the page of a token, {@code null} for the first
     */
    public static <T> PagedIterable<T> of(String what, Function<@Nullable String, Page<T>> fetch) {
        return new PagedIterable<>() {
            @Override
            public Iterable<Page<T>> byPage() {
                return () -> new PageIterator<>(what, fetch);
            }

            @Override
            public Iterator<T> iterator() {
                return stream().iterator();
            }

            @Override
            public Stream<T> stream() {
                return StreamSupport.stream(byPage().spliterator(), false).flatMap(page -> page.items().stream());
            }

            @Override
            public String toString() {
                return "PagedIterable[" + what + "]";
            }
        };
    }

    private static final class PageIterator<T> implements Iterator<Page<T>> {
        private final String what;
        private final Function<@Nullable String, Page<T>> fetch;
        private @Nullable String token;
        private boolean more = true;

        PageIterator(String what, Function<@Nullable String, Page<T>> fetch) {
            this.what = what;
            this.fetch = fetch;
        }

        @Override
        public boolean hasNext() {
            return more;
        }

        @Override
        public Page<T> next() {
            if (!more) {
                throw new NoSuchElementException("no page after the last one of " + what);
            }
            Page<T> page = fetch.apply(token);
            String next = page.next().orElse(null);
            if (next != null && next.equals(token)) {
                throw new InvalidResponseException(
                        what + " answered with the page token it was asked with, which would never end", null);
            }
            token = next;
            more = next != null;
            return page;
        }
    }
}
