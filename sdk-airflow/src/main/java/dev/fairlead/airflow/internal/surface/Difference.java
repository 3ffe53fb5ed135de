package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.internal.rest.Trees;
import dev.fairlead.error.InvalidResponseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a description a thing does not fulfil, and what nobody can tell, since the server hides it.
 *
 * @param changed fields that differ
 * @param hidden fields whose visible parts are right
 */
record Difference(List<String> changed, List<String> hidden) {
    private static final String MASK = "***";
    /** Fields that hold JSON as text; the server writes it in its own form. */
    private static final List<String> JSON_TEXTS = List.of("value", "extra");

    private static final String NEVER_SHOWN = "password";

    private enum Verdict {
        SAME,
        HIDDEN,
        OTHER
    }

    /** Compares the fields of a description with what the server shows. */
    static Difference of(Map<String, Object> wanted, Map<String, Object> shown) {
        List<String> changed = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        wanted.forEach((field, value) -> {
            Verdict verdict = field(field, value, shown.get(field), shown.containsKey(field));
            if (verdict == Verdict.OTHER) {
                changed.add(field);
            } else if (verdict == Verdict.HIDDEN) {
                hidden.add(field);
            }
        });
        return new Difference(changed, hidden);
    }

    private static Verdict field(String field, @Nullable Object wanted, @Nullable Object shown, boolean there) {
        if (field.equals(NEVER_SHOWN) && !there) {
            return Verdict.HIDDEN; // Airflow 2 does not even tell whether there is one
        }
        if (JSON_TEXTS.contains(field) && wanted instanceof String a && shown instanceof String b) {
            Object x = parsed(a);
            Object y = parsed(b);
            if (x != NO_JSON && y != NO_JSON) {
                return compare(x, y);
            }
        }
        return compare(wanted, shown);
    }

    private static final Object NO_JSON = new Object();

    private static @Nullable Object parsed(String text) {
        try {
            return Surface.JSON.tree(text.getBytes(StandardCharsets.UTF_8), "a value");
        } catch (InvalidResponseException e) {
            return NO_JSON;
        }
    }

    private static Verdict compare(@Nullable Object wanted, @Nullable Object shown) {
        if (Trees.same(wanted, shown)) {
            return Verdict.SAME;
        }
        if (shown instanceof String text && text.contains(MASK)) {
            return wanted != null && fits(wanted.toString(), text) ? Verdict.HIDDEN : Verdict.OTHER;
        }
        if (wanted instanceof Map<?, ?> a
                && shown instanceof Map<?, ?> b
                && a.keySet().equals(b.keySet())) {
            return worst(a.keySet().stream()
                    .map(key -> compare(a.get(key), b.get(key)))
                    .toList());
        }
        if (wanted instanceof List<?> a && shown instanceof List<?> b && a.size() == b.size()) {
            List<Verdict> verdicts = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
                verdicts.add(compare(a.get(i), b.get(i)));
            }
            return worst(verdicts);
        }
        return Verdict.OTHER;
    }

    private static Verdict worst(List<Verdict> verdicts) {
        return verdicts.stream().max(java.util.Comparator.naturalOrder()).orElse(Verdict.SAME);
    }

    /** Tells whether a text may be what is shown with stars over some of it. */
    private static boolean fits(String wanted, String shown) {
        String pattern = Arrays.stream(shown.split(Pattern.quote(MASK), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Objects.toString(wanted))
                .matches();
    }
}
