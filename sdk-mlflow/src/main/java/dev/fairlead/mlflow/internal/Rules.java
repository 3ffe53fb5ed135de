package dev.fairlead.mlflow.internal;

import dev.fairlead.spi.Problems;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server's own rules about keys and values, asked before sending. The server does not refuse values that are too long but cuts them
 * without a word; here they are refused.
 */
public final class Rules {
    /** Longest key. */
    public static final int MAX_KEY = 250;
    /** Longest value of a parameter. */
    public static final int MAX_PARAM = 6000;
    /** Longest value of a run's tag. */
    public static final int MAX_RUN_TAG = 8000;
    /** Longest value of an experiment's tag. */
    public static final int MAX_EXPERIMENT_TAG = 5000;
    /** Longest value of a model's or version's tag. */
    public static final int MAX_MODEL_TAG = 100_000;

    private static final Pattern KEY = Pattern.compile("[/\\w.\\- :]*", Pattern.UNICODE_CHARACTER_CLASS);

    private Rules() {}

    /** Checks tags. */
    public static void tags(Problems at, String field, Map<String, String> tags, int longest) {
        tags.forEach((key, value) -> entry(at, field, key, value, longest));
    }

    /** Checks a key and the length of its value. */
    static void entry(Problems at, String field, @Nullable String key, @Nullable String value, int longest) {
        key(at, field, key);
        if (value == null) {
            at.add(field + "[" + key + "]", "must be set", null);
        } else if (value.length() > longest) {
            at.add(
                    field + "[" + key + "]",
                    "must have at most " + longest + " characters, for the server cuts longer ones without a word",
                    value.length() + " characters");
        }
    }

    /** Checks a key. */
    static void key(Problems at, String field, @Nullable String key) {
        if (key == null || key.isEmpty()) {
            at.add(field, "must not have an empty key", key);
        } else if (key.length() > MAX_KEY) {
            at.add(field, "must have keys of at most " + MAX_KEY + " characters", key);
        } else if (!KEY.matcher(key).matches()) {
            at.add(field, "must have keys of letters, digits, '_', '-', '.', ':', '/' and spaces only", key);
        } else if (!normal(key)) {
            at.add(
                    field,
                    "must have keys that are plain relative paths: no '/' at the ends, no '//', no part '.' or '..', no '..' at the start",
                    key);
        }
    }

    /** Checks a key of ours, by which an object must be found again with a search. */
    public static void operationKey(Problems at, String field, @Nullable String key) {
        if (at.requireText(field, key)) {
            String text = Objects.requireNonNull(key);
            at.require(text.length() <= MAX_KEY, field, "must have at most " + MAX_KEY + " characters", key);
            at.require(
                    !(text.contains("'") && text.contains("\"")) && !text.endsWith("\\"),
                    field,
                    "must not hold both kinds of quotes nor end with a backslash, for such values cannot be searched",
                    key);
        }
    }

    /** Tells whether a key, read as a path, stays what it is. */
    private static boolean normal(String key) {
        if (key.startsWith("/") || key.startsWith("..")) {
            return false;
        }
        for (String part : List.of(key.split("/", -1))) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
