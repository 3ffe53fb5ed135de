package dev.fairlead.internal.kube;

import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.KubeAccess.Kind;

/** Where objects live below the API server's address. */
final class KubePaths {
    private KubePaths() {}

    /** Returns the path of a collection; an empty namespace means all of them. */
    static String collection(Kind kind, String namespace) {
        String root = kind.group().isEmpty() ? "/api/" + kind.version() : "/apis/" + kind.apiVersion();
        String scope = kind.namespaced() && !namespace.isEmpty() ? "/namespaces/" + CallSpec.encode(namespace) : "";
        return root + scope + "/" + kind.plural();
    }

    /** Returns the path of an object. */
    static String object(Kind kind, String namespace, String name) {
        return collection(kind, namespace) + "/" + CallSpec.encode(name);
    }
}
