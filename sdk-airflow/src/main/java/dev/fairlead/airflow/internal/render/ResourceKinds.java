package dev.fairlead.airflow.internal.render;

import java.util.Locale;
import java.util.Set;

/** What Airflow has to be told of kinds of objects: which ones the Kubernetes client knows, and how the others are asked for. */
public final class ResourceKinds {
    private static final Set<String> GROUPS = Set.of(
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "apps",
            "authentication.k8s.io",
            "authorization.k8s.io",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "events.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "networking.k8s.io",
            "node.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io");

    private ResourceKinds() {}

    /** Tells whether a kind of this version was added to the cluster. */
    public static boolean isCustom(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash >= 0 && !GROUPS.contains(apiVersion.substring(0, slash));
    }

    /** Tells whether the plural of a kind is its name and an s, which is all that Airflow tries. */
    public static boolean hasPlainPlural(String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        return !name.matches(".*(s|x|z|ch|sh|[^aeiou]y)");
    }
}
