package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.Order;
import dev.fairlead.mlflow.internal.wire.LoggedModelWire;
import dev.fairlead.spi.Problems;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The server's own rules about logged models, asked before sending. */
public final class LoggedModelRules {
    /** Longest name and kind. */
    public static final int MAX_NAME = 500;

    private static final int MAX_KEY = 255;
    private static final Pattern BAD_IN_NAMES = Pattern.compile("[/:.%\"']");
    private static final Set<String> ATTRIBUTES = Set.of(
            "name",
            "model_id",
            "model_type",
            "source_run_id",
            "creation_time",
            "creation_timestamp",
            "last_updated_timestamp");
    private static final Pattern ATTRIBUTE = Pattern.compile("attribute\\.([a-z_]+)(\\s.*)", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("[^\"]* (=|!=|LIKE|ILIKE) \".*", Pattern.DOTALL);
    private static final Pattern ORDER =
            Pattern.compile("(?:(metrics)\\.`(.*)`|attribute\\.([a-z_]+)) (ASC|DESC)", Pattern.DOTALL);

    private LoggedModelRules() {}

    /** Tells whether a logged model can have this name. */
    static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= MAX_NAME
                && !BAD_IN_NAMES.matcher(name).find();
    }

    /** Checks a name. */
    public static void name(Problems at, String field, String name) {
        at.require(isName(name), field, "must have 1 to 500 characters, none of them one of / : . % or a quote", name);
    }

    /** Checks a length. */
    public static void length(Problems at, String field, @Nullable String text, int longest) {
        at.require(
                text == null || text.length() <= longest, field, "must have at most " + longest + " characters", text);
    }

    /** Checks parameters. */
    public static void params(Problems at, String field, Map<String, String> params) {
        pairs(at, field, params);
    }

    /** Checks tags. */
    public static void tags(Problems at, String field, Map<String, String> tags) {
        pairs(at, field, tags);
    }

    private static void pairs(Problems at, String field, Map<String, String> pairs) {
        pairs.forEach((key, value) -> {
            at.require(
                    key != null && !key.isEmpty() && key.length() <= MAX_KEY,
                    field,
                    "must have keys of 1 to 255 characters",
                    key);
            at.requireSet(field + "[" + key + "]", value);
        });
    }

    /** Refuses what the server cannot search, or searches wrongly. */
    public static void filter(Problems at, String field, Filter filter) {
        for (String clause : filter.clauses()) {
            Matcher attribute = ATTRIBUTE.matcher(clause);
            at.require(
                    !attribute.matches() || ATTRIBUTES.contains(attribute.group(1)),
                    field,
                    "must name an attribute of logged models that the server can search, such as name or source_run_id",
                    clause);
            at.require(
                    !QUOTED.matcher(clause).matches(),
                    field,
                    "must not compare with a value that holds an apostrophe, for MLflow cannot search logged models for it",
                    clause);
        }
    }

    /** Returns the search as the server reads it, which names attributes without a prefix here. */
    static @Nullable String text(Filter filter) {
        String text = filter.clauses().stream()
                .map(clause -> {
                    Matcher attribute = ATTRIBUTE.matcher(clause);
                    return attribute.matches() ? attribute.group(1) + attribute.group(2) : clause;
                })
                .collect(Collectors.joining(" and "));
        return text.isEmpty() ? null : text;
    }

    /** Refuses what the server cannot order by. */
    public static void order(Problems at, String field, Order order) {
        Matcher matcher = ORDER.matcher(order.text());
        boolean fits = matcher.matches() && (matcher.group(3) == null || ATTRIBUTES.contains(matcher.group(3)));
        at.require(fits, field, "must name a metric or an attribute of logged models, such as name", order.text());
    }

    /** Returns the order on the wire. */
    static LoggedModelWire.OrderBy order(Order order) {
        Matcher matcher = ORDER.matcher(order.text());
        if (!matcher.matches()) {
            throw new IllegalStateException("not checked: " + order);
        }
        String name = matcher.group(3) == null ? "metrics." + matcher.group(2) : matcher.group(3);
        return new LoggedModelWire.OrderBy(name, matcher.group(4).equals("ASC"));
    }
}
