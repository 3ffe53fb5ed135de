package dev.fairlead.seldon;

import dev.fairlead.error.PermissionException;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.seldon.internal.kube.Amounts;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether the cluster has room for a deployment's pods: nodes with what only some have, such as GPUs, and the namespace's quotas. */
final class ClusterRoom {
    private static final KubeAccess.Kind QUOTA = new KubeAccess.Kind("", "v1", "resourcequotas", "ResourceQuota", true);
    /** What the orchestrator's container asks for where nothing else is said. */
    private static final Map<String, Object> ORCHESTRATOR = Map.of("cpu", "500m", "memory", "512Mi");

    private final KubeAccess kube;
    private final SeldonDeployment deployment;
    private final String namespace;
    private final List<String> unknown;

    ClusterRoom(KubeAccess kube, SeldonDeployment deployment, String namespace, List<String> unknown) {
        this.kube = kube;
        this.deployment = deployment;
        this.namespace = namespace;
        this.unknown = unknown;
    }

    void problems(Problems at) {
        nodes(at);
        quotas(at, true);
    }

    void warnings(Problems at) {
        quotas(at, false);
    }

    private void nodes(Problems at) {
        List<Map<String, Object>> nodes = null;
        for (int i = 0; i < deployment.predictors().size(); i++) {
            List<ComponentSpec> components = deployment.predictors().get(i).componentSpecs();
            for (int j = 0; j < components.size(); j++) {
                Optional<PodTemplate> pod = components.get(j).pod();
                Amounts extended = pod.map(p -> extended(p.specTree())).orElseGet(Amounts::new);
                if (!extended.all().isEmpty()) {
                    nodes = nodes == null ? list(KubeAccess.Kind.NODE, "", "nodes") : nodes;
                    Problems here = at.at("predictors[" + i + "].componentSpecs[" + j + "].spec");
                    node(nodes, pod.orElseThrow().specTree(), extended, here);
                }
            }
        }
    }

    private List<Map<String, Object>> list(KubeAccess.Kind kind, String where, String what) {
        try {
            return kube.list(kind, where, null).stream().toList();
        } catch (PermissionException e) {
            String note = what + " may not be listed: " + e.reason();
            if (!unknown.contains(note)) {
                unknown.add(note);
            }
            return List.of();
        }
    }

    private static Amounts extended(Map<String, Object> spec) {
        Amounts amounts = new Amounts();
        for (Map<String, Object> container : Trees.objects(spec, "containers")) {
            Trees.at(container, "resources", "limits").forEach((name, amount) -> {
                if (name.contains("/")) {
                    Amounts.parse(amount).ifPresent(n -> amounts.add(name, n));
                }
            });
        }
        return amounts;
    }

    private static void node(List<Map<String, Object>> nodes, Map<String, Object> spec, Amounts wanted, Problems at) {
        if (nodes.isEmpty()) {
            return;
        }
        Map<String, Object> selector = Trees.at(spec, "nodeSelector");
        List<Map<String, Object>> fitting = nodes.stream()
                .filter(n -> Trees.at(n, "metadata", "labels").entrySet().containsAll(selector.entrySet()))
                .toList();
        wanted.all().forEach((name, amount) -> {
            BigDecimal most = fitting.stream()
                    .flatMap(n ->
                            Amounts.parse(Trees.at(n, "status", "allocatable").getOrDefault(name, 0)).stream())
                    .max(BigDecimal::compareTo)
                    .orElse(BigDecimal.ZERO);
            at.require(
                    most.compareTo(amount) >= 0,
                    "resources[" + name + "]",
                    "must be what one node can give; of " + nodes.size() + " nodes "
                            + (selector.isEmpty()
                                    ? ""
                                    : fitting.size() + " fit the node selector " + selector + ", and ")
                            + "the most any gives is " + Amounts.text(most),
                    Amounts.text(amount));
        });
    }

    private void quotas(Problems at, boolean never) {
        Amounts needed = needed();
        list(QUOTA, namespace, "quotas").forEach(quota -> quota(quota, needed, never, at));
    }

    private static void quota(Map<String, Object> quota, Amounts needed, boolean never, Problems at) {
        String place = "quota[" + Trees.text(Trees.at(quota, "metadata"), "name") + "]";
        Map<String, Object> hard = Trees.at(quota, "status", "hard");
        Map<String, Object> used = Trees.at(quota, "status", "used");
        hard.forEach((name, limit) -> {
            BigDecimal most = Amounts.parse(limit).orElse(BigDecimal.ZERO);
            BigDecimal free =
                    most.subtract(Amounts.parse(used.getOrDefault(name, 0)).orElse(BigDecimal.ZERO));
            BigDecimal wanted = needed.get(name);
            if (never) {
                at.require(
                        wanted.compareTo(most) <= 0,
                        place + "." + name,
                        "must allow what all pods of the deployment ask for, and allows " + limit,
                        Amounts.text(wanted));
            } else {
                at.require(
                        wanted.compareTo(free) <= 0 || wanted.compareTo(most) > 0,
                        place + "." + name,
                        "may not be enough: of " + limit + " are used " + used.getOrDefault(name, 0)
                                + ", this deployment's own share included",
                        Amounts.text(wanted));
            }
        });
    }

    /** Adds up what all pods ask for, as quotas count it. */
    private Amounts needed() {
        Amounts needed = new Amounts();
        for (PredictorSpec predictor : deployment.predictors()) {
            Containers containers = Containers.of(predictor);
            for (int i = 0; i < containers.pods().size(); i++) {
                if (!containers.pods().get(i).isEmpty()) {
                    pod(predictor, containers.pods().get(i), i, needed);
                }
            }
        }
        return needed;
    }

    private void pod(PredictorSpec predictor, List<Containers.Container> pod, int index, Amounts needed) {
        Optional<ComponentSpec> component = index < predictor.componentSpecs().size()
                ? Optional.of(predictor.componentSpecs().get(index))
                : Optional.empty();
        int replicas = component
                .map(ComponentSpec::replicas)
                .orElse(OptionalInt.empty())
                .orElse(predictor.replicas().orElse(deployment.replicas().orElse(1)));
        needed.add("pods", BigDecimal.valueOf(replicas));
        List<Map<String, Object>> resources = new ArrayList<>();
        pod.forEach(c -> resources.add(Trees.at(c.tree(), "resources")));
        if (index == 0 && Planner.hasEngine(predictor)) {
            resources.add(predictor
                    .orchestrator()
                    .flatMap(OrchestratorSpec::resources)
                    .map(r -> Trees.copy(r.toTree()))
                    .orElse(Map.of("requests", ORCHESTRATOR, "limits", ORCHESTRATOR)));
        }
        for (Map<String, Object> each : resources) {
            Map<String, Object> limits = Trees.at(each, "limits");
            Map<String, Object> requests = Trees.copy(limits);
            requests.putAll(Trees.at(each, "requests"));
            needed.add(requests, "requests.", replicas);
            needed.add(requests, "", replicas);
            needed.add(limits, "limits.", replicas);
        }
    }
}
