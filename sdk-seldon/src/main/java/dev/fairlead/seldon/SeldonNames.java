package dev.fairlead.seldon;

import dev.fairlead.seldon.internal.kube.KubeNames;
import dev.fairlead.spi.Problems;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names the operator gives, the annotations it reads. */
final class SeldonNames {
    static final String SERVICE_NAME = "seldon.io/svc-name";
    static final String NO_ENGINE = "seldon.io/no-engine";
    /** The label by which everything of a deployment is found. */
    static final String DEPLOYMENT_ID = "seldon-deployment-id";

    private static final int LONGEST_LABEL = KubeNames.LONGEST_LABEL;

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
        return KubeNames.digest("MD5", text);
    }

    static void checkLabel(Problems at, String field, @Nullable String name) {
        KubeNames.checkLabel(at, field, name);
    }

    static void checkSubdomain(Problems at, String field, String name) {
        KubeNames.checkSubdomain(at, field, name);
    }

    static void checkLabels(Problems at, String field, Map<String, String> labels) {
        KubeNames.checkLabels(at, field, labels);
    }

    static void checkKey(Problems at, String field, String key) {
        KubeNames.checkKey(at, field, key);
    }
}
