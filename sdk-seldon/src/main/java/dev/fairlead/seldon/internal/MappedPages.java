package dev.fairlead.seldon.internal;

import dev.fairlead.PagedIterable;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Shows a listing's elements as something else.
 *
 * @param <S> what the listing holds
 * @param <T> what is shown
 */
public final class MappedPages<S, T> implements PagedIterable<T> {
    private final PagedIterable<S> source;
    private final Function<S, T> map;

    /** Creates the listing. */
    public MappedPages(PagedIterable<S> source, Function<S, T> map) {
        this.source = source;
        this.map = map;
    }

    @Override
    public Stream<T> stream() {
        return source.stream().map(map);
    }

    @Override
    public Iterator<T> iterator() {
        return stream().iterator();
    }

    @Override
    public Iterable<Page<T>> byPage() {
        return () -> new Iterator<>() {
            private final Iterator<Page<S>> pages = source.byPage().iterator();

            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public Page<T> next() {
                Page<S> page = pages.next();
                return new Page<>(page.items().stream().map(map).toList(), page.nextToken());
            }
        };
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
