package dev.fairlead.seldon.internal.kube;

import dev.fairlead.spi.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kubernetes' rules for names, and digests that stand in for names. */
public final class KubeNames {
    /** The longest label. */
    public static final int LONGEST_LABEL = 63;

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String WORD = "[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?";

    private KubeNames() {}

    /** Returns a digest in hexadecimal digits. */
    public static String digest(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }

    /** Tells whether a label may hold a text. */
    public static boolean isLabelValue(String text) {
        return text.isEmpty() || (text.length() <= LONGEST_LABEL && text.matches(WORD));
    }

    /** Tells whether a text may be the name of an object. */
    public static boolean isSubdomain(String text) {
        return text.length() <= 253 && text.matches(SUBDOMAIN);
    }

    /** Checks a name that is one label of a host's. */
    public static void checkLabel(Problems at, String field, @Nullable String name) {
        at.require(
                name != null && name.length() <= LONGEST_LABEL && name.matches(LABEL),
                field,
                "must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends",
                name);
    }

    /** Checks a name that may have dots. */
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

    /** Checks the key of a label or an annotation. */
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
