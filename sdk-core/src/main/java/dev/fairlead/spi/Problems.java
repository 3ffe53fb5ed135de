package dev.fairlead.spi;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a value and its parts, each with its place, so that one exception can name it all. */
public final class Problems {
    private final String path;
    private final List<Problem> found;

    private Problems(String path, List<Problem> found) {
        this.path = path;
        this.found = found;
    }

    /** A value that can tell what is wrong with it. */
    public interface Checked {
        /** Adds every problem of this value and its parts; looks for nulls first, for the builder does not. */
        void check(Problems at);
    }

    /** Checks the whole tree of a value and returns it, or throws an {@link InvalidValueException} with all problems. */
    public static <T> T check(String kind, T value) {
        if (value instanceof Checked checked) {
            Problems problems = new Problems("", new ArrayList<>());
            checked.check(problems);
            if (!problems.found.isEmpty()) {
                throw new InvalidValueException(kind, problems.found);
            }
        }
        return value;
    }

    /** Returns the problems of a value without throwing. */
    public static List<Problem> of(Checked value) {
        Problems problems = new Problems("", new ArrayList<>());
        value.check(problems);
        return List.copyOf(problems.found);
    }

    /** Returns the collector for a part, such as {@code resources} or {@code predictors[1]}. */
    public Problems at(String part) {
        String separator = path.isEmpty() || part.startsWith("[") ? "" : ".";
        return new Problems(path + separator + part, found);
    }

    /** Adds one problem at this place. */
    public void add(String rule, @Nullable Object value) {
        found.add(new Problem(path.isEmpty() ? "the value" : path, rule, show(value)));
    }

    /** Adds one problem at a field of this place. */
    public void add(String field, String rule, @Nullable Object value) {
        at(field).add(rule, value);
    }

    /** Adds the problems for which a field of this place could not be made. */
    public void add(String field, InvalidValueException why) {
        String place = at(field).path;
        why.problems().forEach(p -> found.add(new Problem(place + "." + p.place(), p.rule(), p.value())));
    }

    /** Adds a problem unless the condition holds; returns the condition. */
    public boolean require(boolean condition, String field, String rule, @Nullable Object value) {
        if (!condition) {
            add(field, rule, value);
        }
        return condition;
    }

    /** Adds a problem where a mandatory field is missing; returns whether it is there. */
    public boolean requireSet(String field, @Nullable Object value) {
        return require(value != null, field, "must be set", value);
    }

    /** Adds a problem where a mandatory text is missing or blank; returns whether it is there. */
    public boolean requireText(String field, @Nullable String value) {
        return requireSet(field, value)
                && require(!Objects.requireNonNull(value).isBlank(), field, "must not be blank", value);
    }

    /** Checks a part, if it is there and can be checked. */
    public void part(String field, @Nullable Object value) {
        if (value instanceof Checked checked) {
            checked.check(at(field));
        }
    }

    /** Checks each element of a part. */
    public void parts(String field, Iterable<?> values) {
        int i = 0;
        for (Object value : values) {
            part(field + "[" + i++ + "]", value);
        }
    }

    private static String show(@Nullable Object value) {
        if (value == null) {
            return "not set";
        }
        if (value instanceof CharSequence text) {
            return "'" + (text.length() > 120 ? text.subSequence(0, 117) + "..." : text) + "'";
        }
        return String.valueOf(value);
    }
}
