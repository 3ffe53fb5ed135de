package dev.fairlead.testing.seldon;

import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.testing.kube.KubeStore;
import java.util.List;
import java.util.Map;

/** What installing Seldon leaves in a cluster: the ConfigMap with the servers, and the operator's own Deployment. */
final class Installation {
    private static final String NAMESPACE = "seldon-system";

    private final ServerImages images;

    Installation(ServerImages images) {
        this.images = images;
    }

    void into(KubeStore store) {
        store.upsert(Kind.NAMESPACE, Json.of("metadata", Json.of("name", NAMESPACE)));
        Map<String, Object> labels = Json.of("control-plane", "seldon-controller-manager");
        Map<String, Object> servers = Json.of();
        images.all().forEach((server, byProtocol) -> {
            Map<String, Object> protocols = Json.of();
            byProtocol.forEach((protocol, image) -> protocols.put(protocol, Json.of("image", image)));
            servers.put(server, Json.of("protocols", protocols));
        });
        store.upsert(
                Kind.CONFIG_MAP,
                Json.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        Json.of("name", "seldon-config", "namespace", NAMESPACE, "labels", labels),
                        "data",
                        Json.of("predictor_servers", JsonCodec.camelCase().text(servers))));
        List<Map<String, Object>> variables = List.of(
                Json.of("name", "ISTIO_ENABLED", "value", "false"), Json.of("name", "KEDA_ENABLED", "value", "false"));
        Map<String, Object> manager =
                Json.of("name", "manager", "image", "seldonio/seldon-core-operator:1.17.1", "env", variables);
        store.upsert(
                Kind.DEPLOYMENT,
                Json.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "Deployment",
                        "metadata",
                        Json.of("name", "seldon-controller-manager", "namespace", NAMESPACE, "labels", labels),
                        "spec",
                        Json.of(
                                "replicas",
                                1,
                                "selector",
                                Json.of("matchLabels", Json.copy(labels)),
                                "template",
                                Json.of(
                                        "metadata",
                                        Json.of("labels", Json.copy(labels)),
                                        "spec",
                                        Json.of("containers", List.of(manager))))));
    }
}
