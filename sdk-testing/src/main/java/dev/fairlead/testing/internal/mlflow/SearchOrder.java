package dev.fairlead.testing.internal.mlflow;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the server's orders, such as {@code metrics.`loss` DESC}; rows without a value come last. */
final class SearchOrder {
    private static final Pattern ORDER = Pattern.compile(
            "\\s*(?:(?<kind>[A-Za-z_]+)\\.)?(?<key>`[^`]*`|\"[^\"]*\"|\\S+?)(?:\\s+(?<way>(?i:ASC|DESC)))?\\s*");

    private SearchOrder() {}

    /** Looks a row's value up by kind word and key. */
    @FunctionalInterface
    interface Lookup<T> {
        Optional<Object> value(T row, String kind, String key);
    }

    static <T> Comparator<T> comparator(List<String> orders, Lookup<T> lookup, Comparator<T> ties) {
        Comparator<T> all = null;
        for (String order : orders) {
            Matcher m = ORDER.matcher(order);
            if (!m.matches()) {
                throw Refusal.invalid("Invalid order_by clause '" + order + "'");
            }
            String kind = m.group("kind") == null ? "attribute" : m.group("kind");
            String key = m.group("key").replaceAll("^[`\"]|[`\"]$", "");
            boolean descending = m.group("way") != null
                    && m.group("way").toUpperCase(Locale.ROOT).equals("DESC");
            Comparator<T> one = one(row -> lookup.value(row, kind, key), descending);
            all = all == null ? one : all.thenComparing(one);
        }
        return all == null ? ties : all.thenComparing(ties);
    }

    private static <T> Comparator<T> one(Function<T, Optional<Object>> value, boolean descending) {
        return (a, b) -> {
            Optional<Object> left = value.apply(a);
            Optional<Object> right = value.apply(b);
            if (left.isEmpty() || right.isEmpty()) {
                return Boolean.compare(left.isEmpty(), right.isEmpty());
            }
            int way = descending ? -1 : 1;
            if (left.get() instanceof Number l && right.get() instanceof Number r) {
                return way * Double.compare(l.doubleValue(), r.doubleValue());
            }
            return way * String.valueOf(left.get()).compareTo(String.valueOf(right.get()));
        };
    }
}
