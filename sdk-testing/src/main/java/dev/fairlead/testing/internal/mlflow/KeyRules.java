package dev.fairlead.testing.internal.mlflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** What the server takes as key and value. */
final class KeyRules {
    /** What Python's {@code \\w} matches is not what Java's does: letters and numbers of every kind, no marks. */
    private static final Pattern KEY = Pattern.compile("[/\\p{L}\\p{N}_.\\- :]*");

    private KeyRules() {}

    /** Refuses a bad key; {@code place} is how the server names it, such as {@code params[0].key}. */
    static void check(String place, String kind, String key) {
        if (key.isEmpty()) {
            throw Refusal.missingParameter(place);
        }
        if (!KEY.matcher(key).matches()) {
            throw Refusal.invalid(
                    "Invalid value \"" + key + "\" for parameter '" + place
                            + "' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).");
        }
        String normal = normal(key);
        if (!normal.equals(key) || normal.equals(".") || normal.startsWith("..") || normal.startsWith("/")) {
            throw Refusal.invalid("Invalid value \"" + key + "\" for parameter '" + place
                    + "' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '"
                    + normal + "'");
        }
        if (key.codePointCount(0, key.length()) > 250) {
            throw Refusal.invalid("'" + kind + " key' exceeds the maximum length of 250 characters");
        }
    }

    /** Cuts a value without a word, as the server does. */
    static String cut(String value, int longest) {
        return value.codePointCount(0, value.length()) > longest
                ? value.substring(0, value.offsetByCodePoints(0, longest))
                : value;
    }

    /** Does what Python's posixpath.normpath does. */
    private static String normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(part.equals("..") && path.startsWith("/"))) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        String rooted = path.startsWith("/") ? "/" + joined : joined;
        return rooted.isEmpty() ? "." : rooted;
    }
}
