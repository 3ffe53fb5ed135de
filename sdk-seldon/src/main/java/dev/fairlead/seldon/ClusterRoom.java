package dev.fairlead.seldon;

import dev.fairlead.error.PermissionException;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.seldon.internal.kube.Amounts;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Problems;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the cluster has room for a deployment's pods: nodes with what only some have, such as GPUs, and the namespace's quotas. */
final class ClusterRoom {
    private static final KubeAccess.Kind QUOTA = new KubeAccess.Kind("", "v1", "resourcequotas", "ResourceQuota", true);
    private static final KubeAccess.Kind LIMIT_RANGE = new KubeAccess.Kind("", "v1", "limitranges", "LimitRange", true);
    /** A quota on one of these takes no pod with a container that leaves it unsaid. */
    private static final List<String> MUST_BE_SAID =
            List.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

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
        return listed(kind, where, what).orElse(List.of());
    }

    /** Lists objects; empty where that may not be done, which is noted. */
    private Optional<List<Map<String, Object>>> listed(KubeAccess.Kind kind, String where, String what) {
        try {
            return Optional.of(kube.list(kind, where, null).stream().toList());
        } catch (PermissionException e) {
            String note = what + " may not be listed: " + e.reason();
            if (!unknown.contains(note)) {
                unknown.add(note);
            }
            return Optional.empty();
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
        PodNeeds needs = PodNeeds.of(deployment);
        List<Map<String, Object>> quotas = list(QUOTA, namespace, "quotas");
        quotas.forEach(quota -> quota(quota, needs.amounts(), never, at));
        if (never) {
            quotas.forEach(quota -> unsaid(quota, needs, at));
        }
    }

    private void unsaid(Map<String, Object> quota, PodNeeds needs, Problems at) {
        Map<String, Object> hard = Trees.at(quota, "status", "hard");
        List<String> unsaid = MUST_BE_SAID.stream()
                .filter(name -> hard.containsKey(name) && !needs.silentOn(name).isEmpty())
                .toList();
        if (unsaid.isEmpty()) {
            return;
        }
        listed(LIMIT_RANGE, namespace, "limit ranges")
                .ifPresent(ranges -> unsaid.stream()
                        .filter(name -> ranges.stream().noneMatch(range -> says(range, name)))
                        .forEach(name -> at.add(
                                "quota[" + Trees.text(Trees.at(quota, "metadata"), "name") + "]." + name,
                                "must be said by every container, for the quota bounds it and no LimitRange says it for them",
                                "not said by " + needs.silentOn(name))));
    }

    /** Tells whether a LimitRange says a resource for the containers that do not. */
    private static boolean says(Map<String, Object> range, String resource) {
        String name = resource.substring(resource.indexOf('.') + 1);
        boolean limit = resource.startsWith("limits.");
        return Trees.objects(Trees.at(range, "spec"), "limits").stream()
                .filter(item -> "Container".equals(item.get("type")))
                .anyMatch(item -> Trees.at(item, "default").containsKey(name)
                        || (!limit && Trees.at(item, "defaultRequest").containsKey(name)));
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
}
