package dev.fairlead.mlflow.internal;

import dev.fairlead.PagedIterable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Gives each element once. MLflow's page tokens are offsets: a row that arrives while pages are read pushes others onto the next page,
 * where they show again.
 *
 * @param <T> the elements
 */
public record DistinctPages<T>(PagedIterable<T> pages, Function<T, String> id) implements PagedIterable<T> {
    /** More new rows than this between two pages would be needed to show one twice. */
    private static final int REMEMBERED = 100_000;

    @Override
    public Iterator<T> iterator() {
        return stream().iterator();
    }

    @Override
    public Stream<T> stream() {
        return StreamSupport.stream(byPage().spliterator(), false).flatMap(page -> page.items().stream());
    }

    @Override
    public Iterable<Page<T>> byPage() {
        return () -> {
            Iterator<Page<T>> inner = pages.byPage().iterator();
            Map<String, Boolean> seen = new Recent();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return inner.hasNext();
                }

                @Override
                public Page<T> next() {
                    Page<T> page = inner.next();
                    return new Page<>(
                            page.items().stream()
                                    .filter(item -> seen.put(id.apply(item), true) == null)
                                    .toList(),
                            page.nextToken());
                }
            };
        };
    }

    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
