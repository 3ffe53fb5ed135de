package dev.fairlead.seldon;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of a predictor by itself: its graph and the containers that run it. */
final class PredictorRules {
    private PredictorRules() {}

    static void check(PredictorSpec predictor, Problems at) {
        SeldonNames.checkLabel(at, "name", predictor.name());
        predictor.replicas().ifPresent(n -> at.require(n >= 0, "replicas", "must not be negative", n));
        SeldonNames.checkLabels(at, "labels", predictor.labels());
        predictor.annotations().keySet().forEach(key -> SeldonNames.checkKey(at, "annotations", key));
        predictor
                .progressDeadline()
                .ifPresent(d -> at.require(
                        d.toSeconds() >= 1 && d.equals(Duration.ofSeconds(d.toSeconds())),
                        "progressDeadline",
                        "must be whole seconds, at least 1",
                        d));
        String service = predictor.annotations().get(SeldonNames.SERVICE_NAME);
        if (service != null) {
            SeldonNames.checkLabel(at, "annotations[" + SeldonNames.SERVICE_NAME + "]", service);
        }
        at.parts("componentSpecs", predictor.componentSpecs());
        predictor.orchestrator().ifPresent(o -> at.part("svcOrchSpec", o));
        predictor.engineResources().ifPresent(r -> at.part("engineResources", r));
        predictor.certSecretName().ifPresent(name -> SeldonNames.checkSubdomain(at, "ssl.certSecretName", name));
        if (at.requireSet("graph", predictor.graph())) {
            at.part("graph", predictor.graph());
            checkGraph(predictor, at);
        }
    }

    private static void checkGraph(PredictorSpec predictor, Problems at) {
        List<Map.Entry<String, GraphNode>> nodes = GraphRules.all(predictor.graph());
        int depth = GraphRules.depth(predictor.graph());
        at.require(
                depth <= GraphRules.DEEPEST,
                "graph",
                "must be at most " + GraphRules.DEEPEST
                        + " levels deep below its first node; the cluster silently drops the rest",
                depth);
        at.require(
                !predictor.annotations().containsKey(SeldonNames.NO_ENGINE) || nodes.size() == 1,
                "annotations[" + SeldonNames.NO_ENGINE + "]",
                "must not be set, whatever its value, on a graph of more than one node",
                predictor.annotations().get(SeldonNames.NO_ENGINE));
        Map<String, Boolean> containers = containers(predictor);
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, GraphNode> entry : nodes) {
            Problems here = at.at(entry.getKey());
            GraphNode node = entry.getValue();
            here.require(names.add(node.name()), "name", "must not be that of another node of the graph", node.name());
            checkRunner(node, containers, here);
        }
        checkContainers(nodes, containers, at);
        checkEndpoints(nodes, at);
    }

    /** Returns the containers by name, and whether each has an image. */
    private static Map<String, Boolean> containers(PredictorSpec predictor) {
        Map<String, Boolean> containers = new HashMap<>();
        for (ComponentSpec spec : predictor.componentSpecs()) {
            // a pod that could not be read has its own problem, and its containers all the same
            Map<String, Object> pod =
                    spec.pod().map(PodTemplate::specTree).orElseGet(() -> Trees.at(spec.additionalFields(), "spec"));
            Trees.objects(pod, "containers")
                    .forEach(container -> containers.put(
                            Trees.text(container, "name"),
                            !Trees.text(container, "image").isEmpty()));
        }
        return containers;
    }

    static boolean hasImage(PredictorSpec predictor, GraphNode node) {
        return Boolean.TRUE.equals(containers(predictor).get(node.name()));
    }

    private static void checkRunner(GraphNode node, Map<String, Boolean> containers, Problems at) {
        ServerImplementation implementation = node.implementation().orElse(ServerImplementation.UNKNOWN);
        if (implementation.equals(ServerImplementation.UNKNOWN)) {
            if (at.require(
                    containers.containsKey(node.name()),
                    "implementation",
                    "must be set, or a container named '" + node.name() + "' must stand in componentSpecs",
                    "neither")) {
                at.require(
                        Boolean.TRUE.equals(containers.get(node.name())),
                        "implementation",
                        "must be set, or the container '" + node.name() + "' must have an image",
                        "neither");
            }
            at.require(
                    !node.type().equals(Optional.of(NodeType.UNKNOWN_TYPE))
                            || !node.methods().isEmpty(),
                    "methods",
                    "must be set for a node of UNKNOWN_TYPE",
                    "none");
        } else if (implementation.isServer()) {
            Object strange = node.additionalFields().get("modelUri");
            boolean said = strange instanceof String text && !text.isEmpty();
            at.require(
                    node.modelUri().isPresent() || (implementation.equals(ServerImplementation.HUGGINGFACE) && !said),
                    "modelUri",
                    said ? "must be a URI" : "must be set for " + implementation,
                    said ? strange : null);
        }
    }

    private static void checkContainers(
            List<Map.Entry<String, GraphNode>> nodes, Map<String, Boolean> containers, Problems at) {
        List<String> names = nodes.stream().map(n -> n.getValue().name()).toList();
        containers.forEach((name, image) -> at.require(
                image || names.contains(name),
                "componentSpecs",
                "must name a node of the graph " + names + " by every container without an image",
                name));
    }

    private static void checkEndpoints(List<Map.Entry<String, GraphNode>> nodes, Problems at) {
        List<EndpointType> types = nodes.stream()
                .flatMap(n -> endpointType(n.getValue()).stream())
                .distinct()
                .toList();
        at.require(
                types.size() <= 1,
                "graph",
                "must have one endpoint.type; set the deployment's transport instead",
                types);
    }

    static Optional<EndpointType> endpointType(GraphNode node) {
        return node.endpoint().flatMap(NodeEndpoint::type);
    }
}
