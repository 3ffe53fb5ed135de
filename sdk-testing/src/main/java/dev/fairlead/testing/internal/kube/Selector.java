package dev.fairlead.testing.internal.kube;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Label and field selectors. */
final class Selector {
    private static final Pattern SET = Pattern.compile("\\s*([^\\s!=,()]+)\\s+(in|notin)\\s+\\(([^)]*)\\)\\s*");
    private static final Pattern EQUALITY = Pattern.compile("\\s*([^\\s!=,()]+)\\s*(==|=|!=)\\s*([^\\s,()]*)\\s*");
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    private Selector() {}

    static Predicate<Map<String, Object>> labels(@Nullable String selector) {
        Predicate<Map<String, Object>> all = object -> true;
        for (String part : parts(selector)) {
            Predicate<Map<String, Object>> one = label(part);
            all = all.and(object -> one.test(Tree.map(Tree.map(object, "metadata"), "labels")));
        }
        return all;
    }

    private static Predicate<Map<String, Object>> label(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            List<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            boolean in = set.group(2).equals("in");
            return labels -> (labels.get(set.group(1)) instanceof String value && values.contains(value)) == in;
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            boolean wanted = !equality.group(2).equals("!=");
            return labels -> equality.group(3).equals(labels.get(equality.group(1))) == wanted;
        }
        String name = part.strip();
        return name.startsWith("!")
                ? labels -> !labels.containsKey(name.substring(1))
                : labels -> labels.containsKey(name);
    }

    static Predicate<Map<String, Object>> fields(@Nullable String selector) {
        Predicate<Map<String, Object>> all = object -> true;
        for (String part : parts(selector)) {
            Matcher equality = EQUALITY.matcher(part);
            if (!equality.matches()) {
                throw Refusal.bad("invalid field selector: " + part);
            }
            boolean wanted = !equality.group(2).equals("!=");
            all = all.and(object -> Tree.at(object, equality.group(1)).equals(equality.group(3)) == wanted);
        }
        return all;
    }

    private static List<String> parts(@Nullable String selector) {
        return selector == null || selector.isBlank() ? List.of() : Arrays.asList(COMMA.split(selector));
    }
}
