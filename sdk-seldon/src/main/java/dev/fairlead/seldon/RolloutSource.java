package dev.fairlead.seldon;

import dev.fairlead.error.PermissionException;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.spi.KubeAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cluster holds of one deployment. */
interface RolloutSource {
    /** Returns the SeldonDeployment. */
    Optional<Map<String, Object>> object();

    /** Returns the Deployments the operator made of it. */
    List<Map<String, Object>> deployments();

    /** Returns their pods. */
    List<Map<String, Object>> pods();

    /** Returns what makes the pods; nothing where that may not be read. */
    List<Map<String, Object>> replicaSets();

    /** Reads each time it is asked. */
    static RolloutSource reading(KubeAccess kube, String namespace, String name) {
        String ofIt = SeldonNames.DEPLOYMENT_ID + "=" + SeldonNames.deploymentId(name);
        return new RolloutSource() {
            @Override
            public Optional<Map<String, Object>> object() {
                return kube.find(SeldonDeploymentCodec.KIND, namespace, name);
            }

            @Override
            public List<Map<String, Object>> deployments() {
                return kube.list(KubeAccess.Kind.DEPLOYMENT, namespace, ofIt).stream()
                        .toList();
            }

            @Override
            public List<Map<String, Object>> pods() {
                return kube.list(KubeAccess.Kind.POD, namespace, ofIt).stream().toList();
            }

            @Override
            public List<Map<String, Object>> replicaSets() {
                try {
                    return kube.list(KubeAccess.Kind.REPLICA_SET, namespace, ofIt).stream()
                            .toList();
                } catch (PermissionException others) {
                    return List.of();
                }
            }
        };
    }
}
