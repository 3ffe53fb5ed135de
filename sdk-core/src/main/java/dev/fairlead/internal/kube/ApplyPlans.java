package dev.fairlead.internal.kube;

import dev.fairlead.kubernetes.ApplyPlan;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Apply;
import dev.fairlead.spi.KubeAccess.Kind;
import java.util.Map;
import java.util.Optional;

/** Shows what applying an object would change, as the server itself sees it. */
final class ApplyPlans {
    /** How often a plan is made anew because the object changed meanwhile. */
    private static final int REREADS = 5;

    private ApplyPlans() {}

    static ApplyPlan of(KubeAccess kube, Kind kind, Map<String, Object> tree, Apply how) {
        Map<String, Object> metadata = KubeCalls.metadata(tree);
        String name = String.valueOf(metadata.get("name"));
        String namespace =
                kind.namespaced() ? String.valueOf(metadata.getOrDefault("namespace", kube.namespace())) : "";
        Optional<Map<String, Object>> live = kube.find(kind, namespace, name);
        Map<String, Object> then = kube.apply(kind, tree, how.asDryRun());
        for (int i = 0; i < REREADS; i++) {
            Optional<Map<String, Object>> after = kube.find(kind, namespace, name);
            if (version(after).equals(version(live))) {
                break;
            }
            // somebody changed it between reading and trying: what he changed is not part of the plan
            live = after;
            then = kube.apply(kind, tree, how.asDryRun());
        }
        String label = kind.kind() + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
        boolean secret = kind.kind().equals("Secret");
        return new ApplyPlan(
                label, live.isEmpty(), TreeDiff.of(live.orElse(Map.of()), live.isEmpty() ? tree : then, secret));
    }

    private static String version(Optional<Map<String, Object>> object) {
        return object.map(o -> String.valueOf(KubeCalls.metadata(o).get("resourceVersion")))
                .orElse("");
    }
}
