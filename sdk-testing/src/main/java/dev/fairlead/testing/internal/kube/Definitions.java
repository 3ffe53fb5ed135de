package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Custom resource definitions: creating one serves its kind. */
final class Definitions {
    private Definitions() {}

    static void register(Map<String, Object> definition, ObjectStore store) {
        Map<String, Object> spec = Tree.map(definition, "spec");
        Map<String, Object> names = Tree.map(spec, "names");
        boolean namespaced = !Tree.text(spec, "scope").equals("Cluster");
        if (spec.get("versions") instanceof List<?> versions) {
            for (Object element : versions) {
                Map<String, Object> version = Tree.copy((Map<?, ?>) Objects.requireNonNull(element));
                Kind kind = new Kind(
                        Tree.text(spec, "group"),
                        Tree.text(version, "name"),
                        Tree.text(names, "plural"),
                        Tree.text(names, "kind"),
                        namespaced);
                boolean status = Tree.map(version, "subresources").containsKey("status");
                store.register(new KindInfo(kind, status, true));
            }
        }
    }
}
