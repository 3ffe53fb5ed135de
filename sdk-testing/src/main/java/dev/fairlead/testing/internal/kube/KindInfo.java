package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind the fake serves.
 *
 * @param kind its names
 * @param status whether status is a subresource
 * @param generation whether changes are counted in metadata.generation
 */
public record KindInfo(Kind kind, boolean status, boolean generation) {
    private static final Set<String> BUILT_IN =
            Set.of("", "apps", "batch", "coordination.k8s.io", "apiextensions.k8s.io");

    static KindInfo counted(String group, String version, String plural, String kind) {
        return new KindInfo(new Kind(group, version, plural, kind, true), true, true);
    }

    static KindInfo plain(String group, String version, String plural, String kind, boolean namespaced) {
        return new KindInfo(new Kind(group, version, plural, kind, namespaced), false, false);
    }

    /** The kinds served from the start. */
    static List<KindInfo> standard() {
        return List.of(
                counted("", "v1", "pods", "Pod"),
                counted("apps", "v1", "deployments", "Deployment"),
                counted("apps", "v1", "replicasets", "ReplicaSet"),
                counted("apps", "v1", "statefulsets", "StatefulSet"),
                counted("batch", "v1", "jobs", "Job"),
                counted("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"),
                counted("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"),
                counted("machinelearning.seldon.io", "v1", "seldondeployments", "SeldonDeployment"),
                counted("mlops.seldon.io", "v1alpha1", "models", "Model"),
                counted("mlops.seldon.io", "v1alpha1", "servers", "Server"),
                counted("mlops.seldon.io", "v1alpha1", "pipelines", "Pipeline"),
                counted("mlops.seldon.io", "v1alpha1", "experiments", "Experiment"),
                new KindInfo(Kind.NODE, true, false),
                new KindInfo(Kind.NAMESPACE, true, false),
                new KindInfo(Kind.SERVICE, true, false),
                new KindInfo(new Kind("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true), true, false),
                new KindInfo(new Kind("", "v1", "resourcequotas", "ResourceQuota", true), true, false),
                plain("", "v1", "limitranges", "LimitRange", true),
                plain("", "v1", "configmaps", "ConfigMap", true),
                plain("", "v1", "secrets", "Secret", true),
                plain("", "v1", "serviceaccounts", "ServiceAccount", true),
                plain("", "v1", "events", "Event", true),
                plain("coordination.k8s.io", "v1", "leases", "Lease", true),
                plain("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false));
    }

    /** Returns {@code plural.group}, as messages name it. */
    String qualified() {
        return kind.group().isEmpty() ? kind.plural() : kind.plural() + "." + kind.group();
    }

    String key() {
        return kind.apiVersion() + "/" + kind.plural();
    }

    /**
     * Says how a list is owned: {@code null} as a whole, an empty list as a set of values, else by the fields that tell its items apart.
     * Custom resources are taken to have atomic lists, which is the default of a schema.
     */
    @Nullable
    List<String> listKeys(String field) {
        if (field.equals("finalizers")) {
            return List.of();
        }
        if (field.equals("ownerReferences")) {
            return List.of("uid");
        }
        if (!BUILT_IN.contains(kind.group())) {
            return null;
        }
        return switch (field) {
            case "containers",
                    "initContainers",
                    "ephemeralContainers",
                    "volumes",
                    "env",
                    "imagePullSecrets",
                    "resourceClaims",
                    "claims",
                    "secrets" -> List.of("name");
            case "volumeMounts" -> List.of("mountPath");
            case "volumeDevices" -> List.of("devicePath");
            case "conditions" -> List.of("type");
            case "hostAliases" -> List.of("ip");
            case "ports" ->
                kind.kind().equals("Service") ? List.of("port", "protocol") : List.of("containerPort", "protocol");
            default -> null;
        };
    }
}
