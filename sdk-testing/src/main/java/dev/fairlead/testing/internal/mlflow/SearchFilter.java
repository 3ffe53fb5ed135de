package dev.fairlead.testing.internal.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the server's search language: clauses joined by AND, no OR, no escape of quotes. A backslash before a quote keeps the quote from
 * ending the text where another quote of that kind follows later, as in the server's own parser.
 */
final class SearchFilter {
    private static final List<String> NUMERIC_ENDS = List.of("_time", "_ms", "_number", "_timestamp");
    private static final Pattern CLAUSE = Pattern.compile(
            "\\s*(?<id>(?:[A-Za-z_]+\\.)?(?:`[^`]*`|\"[^\"]*\"|[^\\s=!<>`\"']+))\\s*"
                    + "(?:(?<op>=|!=|>=|<=|>|<|(?i:LIKE|ILIKE)\\b)\\s*(?<value>'(?:\\\\'|[^'])*'|\"(?:\\\\\"|[^\"])*\"|-?[0-9.][0-9.eE+-]*)"
                    + "|(?i:IS)\\s+(?<nulls>(?i:NOT\\s+NULL|NULL))"
                    + "|(?i:IN)\\s*\\((?<in>[^)]*)\\))\\s*",
            Pattern.DOTALL);
    private static final Pattern AND = Pattern.compile("(?i:AND)\\b");

    private final List<Clause> clauses;

    private SearchFilter(List<Clause> clauses) {
        this.clauses = clauses;
    }

    /** One condition; {@code kind} is metric, parameter, tag or attribute. */
    record Clause(String kind, String key, String operator, String value, boolean quoted) {}

    /** Reads a search; {@code kinds} are the kinds that these rows have. */
    static SearchFilter parse(String text, List<String> kinds) {
        List<Clause> clauses = new ArrayList<>();
        String rest = text;
        while (!rest.isBlank()) {
            Matcher clause = CLAUSE.matcher(rest);
            if (!clause.lookingAt()) {
                throw Refusal.invalid("Invalid clause(s) in filter string: '" + rest.strip() + "'");
            }
            clauses.add(read(clause, kinds));
            rest = rest.substring(clause.end());
            if (!rest.isBlank()) {
                Matcher and = AND.matcher(rest);
                if (!and.lookingAt()) {
                    throw Refusal.invalid("Invalid clause(s) in filter string: '" + rest.strip() + "'");
                }
                rest = rest.substring(and.end());
            }
        }
        return new SearchFilter(clauses);
    }

    private static Clause read(Matcher clause, List<String> kinds) {
        String id = clause.group("id");
        Matcher dotted = Pattern.compile("([A-Za-z_]+)\\.(.*)", Pattern.DOTALL).matcher(id);
        boolean prefixed = dotted.matches();
        String kind = prefixed ? kind(dotted.group(1), kinds) : "attribute";
        String key = unquoted(prefixed ? dotted.group(2) : id);
        if (clause.group("nulls") != null) {
            if (!kind.equals("tag") && !kind.equals("parameter")) {
                throw Refusal.invalid("IS NULL / IS NOT NULL is only supported for tags and params, not for '" + kind
                        + "' '" + key + "'");
            }
            return new Clause(kind, key, clause.group("nulls").length() > 4 ? "IS NOT NULL" : "IS NULL", "", false);
        }
        if (clause.group("in") != null) {
            return new Clause(kind, key, "IN", clause.group("in"), true);
        }
        String operator = clause.group("op").toUpperCase(Locale.ROOT);
        String value = clause.group("value");
        boolean quoted = value.startsWith("'") || value.startsWith("\"");
        check(kind, key, operator, value, quoted);
        return new Clause(kind, key, operator, quoted ? value.substring(1, value.length() - 1) : value, quoted);
    }

    private static void check(String kind, String key, String operator, String value, boolean quoted) {
        boolean numeric = kind.equals("metric")
                || (kind.equals("attribute") && NUMERIC_ENDS.stream().anyMatch(key::endsWith));
        if (numeric && quoted) {
            throw Refusal.invalid(
                    kind.equals("metric")
                            ? "Expected numeric value type for metric. Found " + value
                            : "Expected numeric value type for numeric attribute: " + key + ". Found " + value);
        }
        if (!numeric && !quoted) {
            throw Refusal.invalid(
                    "Expected a quoted string value for " + kind + " (e.g. 'my-value'). Got value " + value);
        }
        boolean textual = operator.endsWith("LIKE");
        boolean ordered = operator.contains(">") || operator.contains("<");
        if (numeric ? textual : ordered) {
            throw Refusal.invalid("Invalid comparator '" + operator + "' for " + kind + " '" + key + "'");
        }
    }

    private static String kind(String word, List<String> kinds) {
        String kind = switch (word) {
            case "metric", "metrics" -> "metric";
            case "param", "params", "parameter", "parameters" -> "parameter";
            case "tag", "tags" -> "tag";
            case "attribute", "attr", "attributes", "run" -> "attribute";
            default -> word;
        };
        boolean plural = word.equals("attributes") && !kinds.contains("metric");
        if (!kinds.contains(kind) || plural) {
            throw Refusal.invalid("Invalid entity type '" + word + "'. Valid values are " + kinds);
        }
        return kind;
    }

    private static String unquoted(String key) {
        boolean marked = key.length() > 1 && (key.startsWith("`") || key.startsWith("\""));
        return marked ? key.substring(1, key.length() - 1) : key;
    }

    /** Tells whether a row fits; the lookup gives a row's text or {@code Double} by kind and key. */
    boolean fits(BiFunction<String, String, Optional<Object>> lookup) {
        return clauses.stream().allMatch(c -> fits(c, lookup.apply(c.kind(), c.key())));
    }

    /** Tells whether a row fits that may have several values of one kind and key; each clause needs one that fits. */
    boolean fitsAny(BiFunction<String, String, List<Object>> lookup) {
        return clauses.stream()
                .allMatch(c -> lookup.apply(c.kind(), c.key()).stream().anyMatch(v -> fits(c, Optional.of(v))));
    }

    private static boolean fits(Clause clause, Optional<Object> found) {
        if (clause.operator().equals("IS NULL")) {
            return found.isEmpty();
        }
        if (found.isEmpty()) {
            return false;
        }
        return switch (clause.operator()) {
            case "IS NOT NULL" -> true;
            case "IN" -> List.of(clause.value().split("\\s*,\\s*")).contains("'" + found.get() + "'");
            default ->
                (found.get() instanceof Number number && !clause.quoted())
                        ? compare(clause.operator(), number.doubleValue(), Double.parseDouble(clause.value()))
                        : matches(clause.operator(), String.valueOf(found.get()), clause.value());
        };
    }

    private static boolean compare(String operator, double left, double right) {
        return switch (operator) {
            case "=" -> left == right;
            case "!=" -> left != right;
            case ">" -> left > right;
            case ">=" -> left >= right;
            case "<" -> left < right;
            default -> left <= right;
        };
    }

    private static boolean matches(String operator, String left, String right) {
        return switch (operator) {
            case "=" -> left.equals(right);
            case "!=" -> !left.equals(right);
            case "LIKE" -> like(right, 0).matcher(left).matches();
            default ->
                like(right, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(left)
                        .matches();
        };
    }

    private static Pattern like(String pattern, int flags) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
    }
}
