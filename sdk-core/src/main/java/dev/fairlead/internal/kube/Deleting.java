package dev.fairlead.internal.kube;

import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess.Delete;
import dev.fairlead.spi.KubeAccess.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the request that deletes an object. */
final class Deleting {
    private Deleting() {}

    static CallSpec<Void> spec(Kind kind, String namespace, String name, Delete how) {
        Map<String, Object> preconditions = new LinkedHashMap<>();
        if (how.uid() != null) {
            preconditions.put("uid", how.uid());
        }
        if (how.resourceVersion() != null) {
            preconditions.put("resourceVersion", how.resourceVersion());
        }
        Body body = preconditions.isEmpty()
                ? null
                : Body.json(JsonCodec.camelCase()
                        .write(Map.of("kind", "DeleteOptions", "apiVersion", "v1", "preconditions", preconditions)));
        return CallSpec.of(
                        "delete " + kind.plural(),
                        "DELETE",
                        KubePaths.object(kind, namespace, name),
                        body,
                        Decoder.nothing())
                .query("propagationPolicy", how.propagation())
                .repeatable()
                .build();
    }
}
