package dev.fairlead.seldon;

import dev.fairlead.seldon.internal.kube.NameRules;
import dev.fairlead.spi.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names the operator gives, the annotations it reads. */
final class SeldonNames {
    static final String SERVICE_NAME = "seldon.io/svc-name";
    static final String NO_ENGINE = "seldon.io/no-engine";
    /** The label by which everything of a deployment is found. */
    static final String DEPLOYMENT_ID = "seldon-deployment-id";

    private static final int LONGEST_LABEL = NameRules.LONGEST_LABEL;

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

    static void checkLabel(Problems at, String field, @Nullable String name) {
        NameRules.checkLabel(at, field, name);
    }

    static void checkSubdomain(Problems at, String field, String name) {
        NameRules.checkSubdomain(at, field, name);
    }

    static void checkLabels(Problems at, String field, Map<String, String> labels) {
        NameRules.checkLabels(at, field, labels);
    }

    static void checkKey(Problems at, String field, String key) {
        NameRules.checkKey(at, field, key);
    }
}
