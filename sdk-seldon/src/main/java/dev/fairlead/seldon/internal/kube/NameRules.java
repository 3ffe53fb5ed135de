package dev.fairlead.seldon.internal.kube;

import dev.fairlead.spi.Problems;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kubernetes' rules for names, labels and annotations. */
public final class NameRules {
    /** The longest label. */
    public static final int LONGEST_LABEL = 63;

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String WORD = "[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?";

    private NameRules() {}

    /** Tells whether a text may be a label's value. */
    public static boolean isLabelValue(String text) {
        return text.isEmpty() || (text.length() <= LONGEST_LABEL && text.matches(WORD));
    }

    /** Tells whether a text may be the name of an object. */
    public static boolean isSubdomain(String text) {
        return text.length() <= 253 && text.matches(SUBDOMAIN);
    }

    /** Checks a name that becomes part of a host's name. */
    public static void checkLabel(Problems at, String field, @Nullable String name) {
        at.require(
                name != null && name.length() <= LONGEST_LABEL && name.matches(LABEL),
                field,
                "must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends",
                name);
    }

    /** Checks the name of an object. */
    public static void checkSubdomain(Problems at, String field, @Nullable String name) {
        at.require(
                name != null && isSubdomain(name),
                field,
                "must be a Kubernetes name: lower-case letters, digits, '-' and '.'",
                name);
    }

    /** Checks labels. */
    public static void checkLabels(Problems at, String field, Map<String, String> labels) {
        labels.forEach((key, value) -> {
            checkKey(at, field, key);
            at.require(
                    isLabelValue(value),
                    field + "[" + key + "]",
                    "must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
                    value);
        });
    }

    /** Checks the key of a label or annotation. */
    public static void checkKey(Problems at, String field, String key) {
        int slash = key.indexOf('/');
        boolean prefix = slash < 0 || isSubdomain(key.substring(0, slash));
        String rest = key.substring(slash + 1);
        at.require(
                prefix && rest.length() <= LONGEST_LABEL && rest.matches(WORD),
                field + "[" + key + "]",
                "must have a key of the form name or domain/name",
                key);
    }
}
