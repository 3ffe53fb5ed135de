package dev.fairlead.seldon;

import dev.fairlead.error.CallDetails;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.spi.KubeAccess;
import java.net.URI;
import java.util.List;

/** Tells of what we refuse by ourselves as of a call to the deployment it is about. */
final class OwnRefusal {
    private OwnRefusal() {}

    static CallDetails of(
            KubeAccess kube,
            String operation,
            String method,
            String namespace,
            String deployment,
            int status,
            String reason) {
        URI where = URI.create(kube.server() + "/apis/" + SeldonDeploymentCodec.KIND.apiVersion() + "/namespaces/"
                + namespace + "/" + SeldonDeploymentCodec.KIND.plural() + "/" + deployment);
        return new CallDetails("seldon", operation, method, where, status, "", reason, List.of(), 1, null);
    }
}
