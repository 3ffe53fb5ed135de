package dev.fairlead.seldon;

import dev.fairlead.error.PermissionException;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.KubeAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts right what Seldon's operator leaves of removed predictors when their deployment is changed again while it takes them away. */
final class OperatorRepairs {
    private static final Pattern MISSED = Pattern.compile("^Service \"([^\"]+)\" not found$");

    private final KubeAccess kube;
    private final String namespace;
    private final String name;

    OperatorRepairs(KubeAccess kube, String namespace, String name) {
        this.kube = kube;
        this.namespace = namespace;
        this.name = name;
    }

    /** Deletes a Deployment that the operator forgot, since its predictor was removed before its status held it; returns whether it could. */
    boolean delete(String deployment) {
        try {
            return kube.delete(KubeAccess.Kind.DEPLOYMENT, namespace, deployment);
        } catch (PermissionException othersMust) {
            return false;
        }
    }

    /**
     * Takes a Service out of the status that the operator has deleted without noting it: it would look for it, and say Failed, for ever.
     *
     * @return whether the operator looked for one and can go on now
     */
    boolean forgetService(Map<String, Object> object) {
        Map<String, Object> status = Trees.at(object, "status");
        Matcher missed = MISSED.matcher(Trees.text(status, "description"));
        if (!missed.matches() || !Trees.at(status, "serviceStatus").containsKey(missed.group(1))) {
            return false;
        }
        Map<String, Object> without = new HashMap<>();
        without.put(missed.group(1), null);
        try {
            kube.mergePatch(
                    SeldonDeploymentCodec.KIND,
                    namespace,
                    name,
                    Map.of("status", Map.of("serviceStatus", without)),
                    "status");
            return true;
        } catch (PermissionException othersMust) {
            return false;
        }
    }
}
