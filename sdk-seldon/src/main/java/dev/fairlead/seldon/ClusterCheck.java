package dev.fairlead.seldon;

import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the cluster for what a deployment needs: its servers, what it names, room for its pods, names that are free. */
final class ClusterCheck {
    private final KubeAccess kube;
    private final SeldonDeployment deployment;
    private final String namespace;
    private final OperatorProbe probe;
    private final List<String> unknown = new ArrayList<>();
    private final Map<String, Optional<Map<String, Object>>> seen = new HashMap<>();

    ClusterCheck(KubeAccess kube, SeldonDeployment deployment, String namespace) {
        this.kube = kube;
        this.deployment = deployment;
        this.namespace = namespace;
        this.probe = new OperatorProbe(kube);
    }

    CheckReport run() {
        OperatorSettings operator = probe.read();
        unknown.addAll(probe.unknown());
        ClusterRoom room = new ClusterRoom(kube, deployment, namespace, unknown);
        List<Problem> problems = Problems.of(at -> {
            if (deployment instanceof Problems.Checked checked) {
                checked.check(at);
            }
            servers(operator, at);
            keda(operator, at);
            References.of(deployment).forEach(reference -> reference(reference, at));
            names(operator, at);
            room.problems(at);
        });
        List<Problem> warnings = new ArrayList<>(Planner.warnings(deployment, operator));
        warnings.addAll(Problems.of(room::warnings));
        return new CheckReport(problems, warnings, unknown);
    }

    private void servers(OperatorSettings operator, Problems at) {
        if (!probe.knowsServers()) {
            return;
        }
        ServingProtocol protocol = deployment.protocol().orElse(ServingProtocol.SELDON);
        for (int i = 0; i < deployment.predictors().size(); i++) {
            PredictorSpec predictor = deployment.predictors().get(i);
            if (predictor.graph() == null) {
                continue;
            }
            for (Map.Entry<String, GraphNode> entry : GraphRules.all(predictor.graph())) {
                GraphNode node = entry.getValue();
                if (Containers.isServer(node) && !PredictorRules.hasImage(predictor, node)) {
                    server(operator, node, protocol, at.at("predictors[" + i + "]." + entry.getKey()));
                }
            }
        }
    }

    private static void server(OperatorSettings operator, GraphNode node, ServingProtocol protocol, Problems at) {
        ServerImplementation server = node.implementation().orElseThrow();
        Map<String, String> images = operator.serverImages().get(server.value());
        if (images == null) {
            at.add(
                    "implementation",
                    "must be a server of the cluster's seldon-config, which has "
                            + operator.serverImages().keySet().stream().sorted().toList(),
                    server);
            return;
        }
        boolean v2 = protocol.equals(ServingProtocol.V2) || protocol.equals(ServingProtocol.KFSERVING);
        boolean spoken = images.containsKey(protocol.value())
                || (v2 && (images.containsKey("v2") || images.containsKey("kfserving")));
        at.require(
                spoken || !server.speaks(protocol), // the latter is a problem without any cluster
                "implementation",
                "must have an image for the protocol " + protocol + " in the cluster's seldon-config, which has "
                        + images.keySet().stream().sorted().toList(),
                server);
    }

    private void keda(OperatorSettings operator, Problems at) {
        boolean asked = deployment.predictors().stream()
                .flatMap(p -> p.componentSpecs().stream())
                .anyMatch(c -> c.keda().isPresent());
        if (!asked || operator.keda()) {
            return;
        }
        boolean off = probe.knowsSwitches();
        if (!off) {
            try {
                kube.kind("keda.sh/v1alpha1", "ScaledObject");
            } catch (UnsupportedByServerException e) {
                off = true;
            }
        }
        at.require(
                !off,
                "predictors",
                "must not hold a kedaSpec while the operator runs without KEDA_ENABLED: nothing would scale, and no error says so",
                "kedaSpec");
    }

    private void reference(References.Reference reference, Problems at) {
        Optional<Map<String, Object>> found = find(reference);
        if (found.isEmpty()) {
            if (seen.containsKey(key(reference))) {
                at.add(
                        reference.place(),
                        "must name a " + reference.kind().kind() + " of namespace " + namespace,
                        reference.name());
            }
        } else if (!reference.key().isEmpty()) {
            boolean held = Trees.at(found.get(), "data").containsKey(reference.key())
                    || Trees.at(found.get(), "binaryData").containsKey(reference.key());
            at.require(
                    held,
                    reference.place(),
                    "must name an entry of " + reference.kind().kind() + " " + reference.name(),
                    reference.key());
        }
    }

    private static String key(References.Reference reference) {
        return reference.kind().kind() + " " + reference.name();
    }

    /** Reads an object once; one that may not be read is noted, and not among those seen. */
    private Optional<Map<String, Object>> find(References.Reference reference) {
        String key = key(reference);
        if (!seen.containsKey(key)) {
            try {
                seen.put(key, kube.find(reference.kind(), namespace, reference.name()));
            } catch (PermissionException e) {
                String note = reference.kind().kind() + " " + reference.name() + " may not be read: " + e.reason();
                if (!unknown.contains(note)) {
                    unknown.add(note);
                }
            }
        }
        return seen.getOrDefault(key, Optional.empty());
    }

    /** Two deployments whose names run together, such as a with b-c and a-b with c, would fight over one object. */
    private void names(OperatorSettings operator, Problems at) {
        Map<String, String> owners = new HashMap<>();
        for (KubeAccess.Kind kind : List.of(KubeAccess.Kind.SERVICE, KubeAccess.Kind.DEPLOYMENT)) {
            try {
                kube.list(kind, namespace, null)
                        .forEach(o -> owners.put(kind.kind() + " " + PodDiagnosis.name(o), owner(o)));
            } catch (PermissionException e) {
                unknown.add("names: the " + kind.plural() + " may not be listed: " + e.reason());
            }
        }
        for (PlannedObject object : Planner.objects(deployment, operator)) {
            String owner = owners.get(object.kind() + " " + object.name());
            at.require(
                    owner == null || owner.equals(deployment.name()),
                    "predictors",
                    "must not make the " + object.kind() + " " + object.name()
                            + ", which is there already; rename a predictor",
                    owner == null || owner.isEmpty() ? "of nobody" : "of " + owner);
        }
    }

    private static String owner(Map<String, Object> object) {
        return Trees.objects(Trees.at(object, "metadata"), "ownerReferences").stream()
                .filter(r -> "SeldonDeployment".equals(r.get("kind")))
                .map(r -> Trees.text(r, "name"))
                .findFirst()
                .orElse("");
    }
}
