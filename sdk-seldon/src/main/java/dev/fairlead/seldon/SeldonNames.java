package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names the operator gives, the annotations it reads, and Kubernetes' rules for names. */
final class SeldonNames {
    static final String SERVICE_NAME = "seldon.io/svc-name";
    static final String NO_ENGINE = "seldon.io/no-engine";
    /** The label by which everything of a deployment is found. */
    static final String DEPLOYMENT_ID = "seldon-deployment-id";

    private static final int LONGEST_LABEL = 63;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String WORD = "[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?";

    private SeldonNames() {}

    /** Returns the value of the label by which everything of a deployment is found. */
    static String deploymentId(String deployment) {
        return shortened(deployment);
    }

    /** Returns the name of a predictor's Service. */
    static String service(String deployment, PredictorSpec predictor) {
        String own = predictor.annotations().get(SERVICE_NAME);
        return own != null ? own : shortened(deployment + "-" + predictor.name());
    }

    /** Returns the name of the Deployment of one pod of a predictor. */
    static String deployment(String deployment, String predictor, int pod, String own, boolean asPrefix) {
        String name = deployment + "-" + predictor + "-" + pod + "-" + own;
        String prefixed = deployment + "-" + md5(name);
        return asPrefix && name.length() > LONGEST_LABEL && prefixed.length() <= LONGEST_LABEL
                ? prefixed
                : shortened(name);
    }

    /** Returns the name of what belongs to one predictor: a container's Service, the orchestrator alone, the explainer. */
    static String part(String deployment, String predictor, String part) {
        return shortened(deployment + "-" + predictor + "-" + part);
    }

    /** Returns a name cut where it becomes too long. */
    static String cut(String name) {
        String cut = name.length() > LONGEST_LABEL ? name.substring(0, LONGEST_LABEL) : name;
        return name.length() > LONGEST_LABEL && cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_LABEL ? "seldon-" + md5(name) : name;
    }

    private static String md5(String text) {
        return hex("MD5", text);
    }

    static String sha256(String text) {
        return hex("SHA-256", text);
    }

    private static String hex(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }

    static boolean isLabelValue(String text) {
        return text.isEmpty() || (text.length() <= LONGEST_LABEL && text.matches(WORD));
    }

    static void checkLabel(Problems at, String field, @Nullable String name) {
        at.require(
                name != null && name.length() <= LONGEST_LABEL && name.matches(LABEL),
                field,
                "must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends",
                name);
    }

    static void checkSubdomain(Problems at, String field, String name) {
        at.require(
                name.length() <= 253 && name.matches(SUBDOMAIN),
                field,
                "must be a Kubernetes name: lower-case letters, digits, '-' and '.'",
                name);
    }

    static void checkLabels(Problems at, String field, Map<String, String> labels) {
        labels.forEach((key, value) -> {
            checkKey(at, field, key);
            at.require(
                    isLabelValue(value),
                    field + "[" + key + "]",
                    "must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
                    value);
        });
    }

    static void checkKey(Problems at, String field, String key) {
        int slash = key.indexOf('/');
        boolean prefix = slash < 0 || (slash <= 253 && key.substring(0, slash).matches(SUBDOMAIN));
        String rest = key.substring(slash + 1);
        at.require(
                prefix && rest.length() <= LONGEST_LABEL && rest.matches(WORD),
                field + "[" + key + "]",
                "must have a key of the form name or domain/name",
                key);
    }
}
