package dev.fairlead.mlflow.internal;

import dev.fairlead.spi.Problems;
import java.util.Map;
import java.util.Objects;
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
        } else if (length(value) > longest) {
            at.add(
                    field + "[" + key + "]",
                    "must have at most " + longest + " characters, for the server cuts longer ones without a word",
                    length(value) + " characters");
        } else if (!wellFormed(value)) {
            at.add(field + "[" + key + "]", "must not hold half of a surrogate pair, which is no character", value);
        }
    }

    /** Counts as the server does: whole characters. */
    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** Cuts a value as the server would. */
    static String cut(String value, int longest) {
        return length(value) <= longest ? value : value.substring(0, value.offsetByCodePoints(0, longest));
    }

    /** Checks a key. */
    public static void key(Problems at, String field, @Nullable String key) {
        if (key == null || key.isEmpty()) {
            at.add(field, "must not have an empty key", key);
        } else if (length(key) > MAX_KEY) {
            at.add(field, "must have keys of at most " + MAX_KEY + " characters", key);
        } else if (!key.codePoints().allMatch(Rules::allowed)) {
            at.add(field, "must have keys of letters, digits, '_', '-', '.', ':', '/' and spaces only", key);
        } else if (!normal(key)) {
            at.add(
                    field,
                    "must have keys that are plain relative paths: no '/' at the ends, no '//', no part '.' or '..', no '..' at the start",
                    key);
        }
    }

    /** Is what Python's {@code [/\w.\- :]} matches: its letters and digits are not Java's. */
    private static boolean allowed(int c) {
        if (c < 128) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "_-.:/ ".indexOf(c) >= 0;
        }
        int type = Character.getType(c);
        return Character.isLetter(c)
                || type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
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
        if (key.startsWith("..")) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= key.length(); i++) {
            if (i == key.length() || key.charAt(i) == '/') {
                int length = i - start;
                boolean dots = length <= 2 && key.startsWith("..".substring(0, length), start);
                if (dots) {
                    return false; // an empty part, '.' or '..'
                }
                start = i + 1;
            }
        }
        return true;
    }
}
