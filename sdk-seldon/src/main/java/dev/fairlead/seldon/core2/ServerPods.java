package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.core2.ServerView.Replica;
import dev.fairlead.seldon.internal.crd.Core2Codec;
import dev.fairlead.seldon.internal.crd.ServerCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.seldon.internal.kube.Amounts;
import dev.fairlead.spi.KubeAccess;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the StatefulSets behind the Servers of a namespace tell. */
final class ServerPods {
    private static final KubeAccess.Kind STATEFUL_SET =
            new KubeAccess.Kind("apps", "v1", "statefulsets", "StatefulSet", true);
    private static final String CAPABILITIES = "SELDON_SERVER_CAPABILITIES";
    private static final String OVERCOMMIT = "SELDON_OVERCOMMIT_PERCENTAGE";
    private static final List<String> MODEL_SERVERS = List.of("mlserver", "triton");

    private final KubeAccess kube;
    private final String namespace;

    ServerPods(KubeAccess kube, String namespace) {
        this.kube = kube;
        this.namespace = namespace;
    }

    /** Shows each server as the scheduler sees it, as far as that can be seen from outside: a ready pod counts as connected. */
    List<ServerView> views() {
        Map<String, Map<String, Object>> sets = kube.list(STATEFUL_SET, namespace, null).stream()
                .collect(Collectors.toMap(ServerPods::name, s -> s, (one, other) -> one));
        return kube.list(Core2Codec.SERVER, namespace, null).stream()
                .map(server -> view(server, Optional.ofNullable(sets.get(name(server)))))
                .toList();
    }

    private ServerView view(Map<String, Object> server, Optional<Map<String, Object>> set) {
        boolean leaving = Trees.at(server, "metadata").containsKey("deletionTimestamp");
        int expected = leaving ? 0 : replicas(server);
        Replica replica = set.map(s -> replica(Trees.at(s, "spec", "template", "spec")))
                .orElseGet(() -> configured(ServerCodec.server(server)));
        int ready = set.map(s -> Trees.number(Trees.at(s, "status"), "readyReplicas", 0))
                .orElse(0);
        return new ServerView(
                name(server),
                expected,
                IntStream.range(0, ready).mapToObj(replica::at).toList(),
                replica);
    }

    private Replica configured(SeldonServer server) {
        Map<String, Object> pod = kube.find(Core2Codec.SERVER_CONFIG, namespace, server.serverConfig())
                .map(config -> Trees.at(config, "spec", "podSpec"))
                .orElse(Map.of());
        Replica plain = replica(pod);
        List<String> capabilities = new ArrayList<>(plain.capabilities());
        if (!server.capabilities().isEmpty()) {
            capabilities = new ArrayList<>(server.capabilities());
        } else {
            capabilities.addAll(server.extraCapabilities());
        }
        return new Replica(0, List.copyOf(capabilities), plain.memory(), false);
    }

    private static Replica replica(Map<String, Object> pod) {
        List<String> capabilities = variable(pod, CAPABILITIES)
                .map(value -> Arrays.stream(value.split(",")).map(String::strip).toList())
                .orElse(List.of());
        return new Replica(0, capabilities, memory(pod), false);
    }

    /** The memory request of the model server, and the share that may be promised twice. */
    private static OptionalLong memory(Map<String, Object> pod) {
        Optional<BigDecimal> request = Trees.objects(pod, "containers").stream()
                .filter(c -> MODEL_SERVERS.contains(Trees.text(c, "name")))
                .map(c -> Trees.at(c, "resources", "requests").get("memory"))
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(Amounts::parse);
        if (request.isEmpty()) {
            return OptionalLong.empty();
        }
        int percent = variable(pod, OVERCOMMIT)
                .filter(v -> v.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        long bytes = request.get().longValue();
        // The agent reckons with floats, and so do we.
        return OptionalLong.of(bytes + (long) (percent / 100f * bytes));
    }

    private static Optional<String> variable(Map<String, Object> pod, String name) {
        return Trees.objects(pod, "containers").stream()
                .flatMap(c -> Trees.objects(c, "env").stream())
                .filter(e -> name.equals(e.get("name")))
                .map(e -> Trees.text(e, "value"))
                .findFirst();
    }

    /** Says what a Server's pods lack: of a new StatefulSet the operator says that it is ready before it has any. */
    Optional<String> lacking(Map<String, Object> server) {
        Optional<Map<String, Object>> set = kube.find(STATEFUL_SET, namespace, name(server));
        if (set.isEmpty()) {
            return Optional.of("the operator has not made its StatefulSet yet");
        }
        Map<String, Object> status = Trees.at(set.get(), "status");
        int wanted = replicas(server);
        boolean taken = Trees.number(Trees.at(set.get(), "spec"), "replicas", 1) == wanted
                && sameCapabilities(ServerCodec.server(server), Trees.at(set.get(), "spec", "template", "spec"));
        if (!taken) {
            return Optional.of("the operator has not changed its StatefulSet yet");
        }
        if (Trees.number(status, "observedGeneration", 0)
                < Trees.number(Trees.at(set.get(), "metadata"), "generation", 0)) {
            return Optional.of("the cluster has not looked at its new pods yet");
        }
        int ready = Math.min(Trees.number(status, "readyReplicas", 0), Trees.number(status, "updatedReplicas", 0));
        return ready >= wanted ? Optional.empty() : Optional.of(ready + " of " + wanted + " pods are ready");
    }

    private static boolean sameCapabilities(SeldonServer server, Map<String, Object> pod) {
        return server.capabilities().isEmpty()
                || variable(pod, CAPABILITIES)
                        .filter(String.join(",", server.capabilities())::equals)
                        .isPresent();
    }

    private static int replicas(Map<String, Object> server) {
        Map<String, Object> spec = Trees.at(server, "spec");
        return Trees.number(spec, "replicas", Math.max(1, Trees.number(spec, "minReplicas", 1)));
    }

    static String name(Map<String, Object> object) {
        return Trees.text(Trees.at(object, "metadata"), "name");
    }
}
