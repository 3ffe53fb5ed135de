package dev.fairlead.mlflow;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Says what a search is to find: conditions that must all hold. Immutable.
 *
 * <p>{@code Filter.param("depth").eq("6").and(Filter.metric("loss").lt(0.3))}
 *
 * <p>MLflow's search language has no way to escape a quote. Values are quoted here in the style that fits, so that no value can change
 * the meaning of a search; one that fits neither style is refused with {@link InvalidValueException} instead of finding nothing.
 */
public final class Filter {
    /** Finds everything. */
    public static final Filter ALL = new Filter(List.of());

    private static final Pattern NAME = Pattern.compile("[a-z_]+");

    private final List<Clause> clauses;

    private Filter(List<Clause> clauses) {
        this.clauses = List.copyOf(clauses);
    }

    /** One condition; one that ends with a backslash would swallow the quote that follows it, so it must stand last. */
    private record Clause(String text, boolean last) {}

    /** Names a parameter of a run. */
    public static Text param(String key) {
        return new Text("params." + quotedKey(key));
    }

    /** Names a tag. */
    public static Text tag(String key) {
        return new Text("tags." + quotedKey(key));
    }

    /** Names the latest value of a run's metric. */
    public static Numeric metric(String key) {
        return new Numeric("metrics." + quotedKey(key));
    }

    /** Names a text attribute: of a run {@code status}, {@code run_name}, {@code user_id}, …; of an experiment or model {@code name}. */
    public static Text attribute(String name) {
        return new Text("attribute." + attributeName(name));
    }

    /** Names a numeric attribute: of a run {@code start_time}, {@code end_time}; of an experiment {@code creation_time}; milliseconds. */
    public static Numeric numericAttribute(String name) {
        return new Numeric("attribute." + attributeName(name));
    }

    /** Adds the conditions of another filter. */
    public Filter and(Filter other) {
        List<Clause> all = new ArrayList<>(clauses);
        all.addAll(other.clauses);
        if (all.stream().filter(Clause::last).count() > 1) {
            throw refused("filter", "must not hold two values that end with a backslash", text());
        }
        return new Filter(all);
    }

    /** Returns the search as the server reads it; empty for {@link #ALL}. */
    public String text() {
        return String.join(" and ", clauses());
    }

    /** Returns the conditions, in the order in which they are sent. */
    public List<String> clauses() {
        List<String> texts = new ArrayList<>();
        clauses.stream().filter(c -> !c.last()).forEach(c -> texts.add(c.text()));
        clauses.stream().filter(Clause::last).forEach(c -> texts.add(c.text()));
        return List.copyOf(texts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Filter filter && clauses.equals(filter.clauses);
    }

    @Override
    public int hashCode() {
        return clauses.hashCode();
    }

    @Override
    public String toString() {
        return "Filter[" + text() + "]";
    }

    /** Is a text that can be compared. */
    public static final class Text {
        private final String field;

        Text(String field) {
            this.field = field;
        }

        /** Holds where it is this value. */
        public Filter eq(String value) {
            return compare("=", value);
        }

        /** Holds where it is another value; where there is none at all, it does not hold. */
        public Filter ne(String value) {
            return compare("!=", value);
        }

        /** Holds where it fits an SQL pattern with {@code %} and {@code _}. */
        public Filter like(String pattern) {
            return compare("LIKE", pattern);
        }

        /** Holds where it fits an SQL pattern, letter case aside. */
        public Filter ilike(String pattern) {
            return compare("ILIKE", pattern);
        }

        private Filter compare(String comparator, String value) {
            return new Filter(
                    List.of(new Clause(field + " " + comparator + " " + quoted(field, value), value.endsWith("\\"))));
        }
    }

    /** Is a number that can be compared. */
    public static final class Numeric {
        private final String field;

        Numeric(String field) {
            this.field = field;
        }

        /** Holds where it equals. */
        public Filter eq(double value) {
            return compare("=", value);
        }

        /** Holds where it differs. */
        public Filter ne(double value) {
            return compare("!=", value);
        }

        /** Holds where it is greater. */
        public Filter gt(double value) {
            return compare(">", value);
        }

        /** Holds where it is greater or equal. */
        public Filter ge(double value) {
            return compare(">=", value);
        }

        /** Holds where it is less. */
        public Filter lt(double value) {
            return compare("<", value);
        }

        /** Holds where it is less or equal. */
        public Filter le(double value) {
            return compare("<=", value);
        }

        private Filter compare(String comparator, double value) {
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw refused(field, "must be compared with a finite number", String.valueOf(value));
            }
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
            String number = whole ? Long.toString((long) value) : Double.toString(value);
            return new Filter(List.of(new Clause(field + " " + comparator + " " + number, false)));
        }
    }

    private static String quoted(String field, String value) {
        if (!value.contains("'")) {
            return "'" + value + "'";
        }
        if (value.contains("\"")) {
            throw refused(
                    field,
                    "must not be compared with a value that holds both ' and \", for MLflow cannot search it",
                    value);
        }
        return '"' + value + '"';
    }

    static String quotedKey(String key) {
        if (key.isEmpty() || key.contains("`")) {
            throw refused("key", "must not be empty nor hold a back-tick", key);
        }
        return "`" + key + "`";
    }

    static String attributeName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw refused("attribute", "must be a name of small letters and '_', such as run_name", name);
        }
        return name;
    }

    private static InvalidValueException refused(String place, String rule, String value) {
        return new InvalidValueException("filter", List.of(new Problem(place, rule, value)));
    }
}
