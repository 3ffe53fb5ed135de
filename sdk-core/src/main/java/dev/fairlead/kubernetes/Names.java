package dev.fairlead.kubernetes;

import dev.fairlead.spi.Problems;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kubernetes' rules for names, labels and annotations. */
final class Names {
    /** A name of at most 63 letters, digits and hyphens. */
    static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    /** A name of labels joined by dots. */
    static final String SUBDOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    private static final String WORD = "([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)";

    private Names() {}

    static void checkLabel(Problems at, String field, @Nullable Object name) {
        at.require(
                name instanceof String text && text.matches(LABEL),
                field,
                "must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends",
                name);
    }

    static void checkSubdomain(Problems at, String field, @Nullable Object name) {
        at.require(
                name instanceof String text && text.length() <= 253 && text.matches(SUBDOMAIN),
                field,
                "must be a Kubernetes name: lower-case letters, digits, '-' and '.'",
                name);
    }

    static void checkLabels(Problems at, String field, @Nullable Object labels) {
        if (labels instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                Problems here = at.at(field + "[" + key + "]");
                checkKey(here, key);
                if (!(value instanceof String text && (text.isEmpty() || text.matches(WORD)))) {
                    here.add(
                            "must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
                            value);
                }
            });
        }
    }

    static void checkAnnotations(Problems at, String field, @Nullable Object annotations) {
        if (annotations instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                checkKey(at.at(field + "[" + key + "]"), key);
                at.require(value instanceof String, field + "[" + key + "]", "must be text", value);
            });
        }
    }

    private static void checkKey(Problems at, @Nullable Object key) {
        String text = String.valueOf(key);
        int slash = text.indexOf('/');
        boolean prefix = slash < 0 || (slash <= 253 && text.substring(0, slash).matches(SUBDOMAIN));
        if (!prefix || !text.substring(slash + 1).matches(WORD)) {
            at.add("must have a key of the form name or domain/name", text);
        }
    }
}
