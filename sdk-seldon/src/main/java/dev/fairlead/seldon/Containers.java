package dev.fairlead.seldon;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A predictor's containers, pod by pod, the way the operator completes them: a server without a container gets one in the first pod. */
final class Containers {
    private final List<List<Container>> pods = new ArrayList<>();
    private final List<GraphNode> nodes;

    private Containers(PredictorSpec predictor) {
        nodes = predictor.graph() == null
                ? List.of()
                : GraphRules.all(predictor.graph()).stream()
                        .map(Map.Entry::getValue)
                        .toList();
        predictor.componentSpecs().forEach(component -> pods.add(read(component)));
        for (GraphNode node : nodes) {
            if (isServer(node) && find(node.name()) == null) {
                if (pods.isEmpty()) {
                    pods.add(new ArrayList<>());
                }
                pods.get(0).add(new Container(node.name(), false, Map.of()));
            }
        }
    }

    /**
     * Is one container.
     *
     * @param name its name
     * @param hasImage whether it names an image of its own
     * @param tree it as it stands in the object; empty if the operator adds it
     */
    record Container(String name, boolean hasImage, Map<String, Object> tree) {
        /** Tells whether the operator adds it. */
        boolean isAdded() {
            return tree.isEmpty();
        }

        /** Returns the port of a name that the container itself declares. */
        OptionalInt port(String port) {
            return Trees.objects(tree, "ports").stream()
                    .filter(p -> port.equals(p.get("name")))
                    .mapToInt(p -> Trees.number(p, "containerPort", 0))
                    .findFirst();
        }
    }

    static Containers of(PredictorSpec predictor) {
        return new Containers(predictor);
    }

    private static List<Container> read(ComponentSpec component) {
        List<Container> containers = new ArrayList<>();
        Map<String, Object> spec = component
                .pod()
                .map(PodTemplate::specTree)
                .orElseGet(() -> Trees.at(component.additionalFields(), "spec"));
        for (Map<String, Object> tree : Trees.objects(spec, "containers")) {
            containers.add(new Container(
                    Trees.text(tree, "name"), !Trees.text(tree, "image").isEmpty(), tree));
        }
        return containers;
    }

    static boolean isServer(GraphNode node) {
        return node.implementation().filter(ServerImplementation::isServer).isPresent();
    }

    /** Returns the containers of each pod; a pod without any is none. */
    List<List<Container>> pods() {
        return pods;
    }

    /** Returns the graph's nodes, each before its children. */
    List<GraphNode> nodes() {
        return nodes;
    }

    /** Returns the first node of a name, or {@code null}. */
    @Nullable
    GraphNode node(String name) {
        return nodes.stream().filter(n -> name.equals(n.name())).findFirst().orElse(null);
    }

    /** Returns the first container of a name, or {@code null}. */
    @Nullable
    Container find(String name) {
        return pods.stream()
                .flatMap(List::stream)
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Returns the first pod that holds a container of a name; -1 for none. */
    int podOf(String name) {
        for (int i = 0; i < pods.size(); i++) {
            if (pods.get(i).stream().anyMatch(c -> c.name().equals(name))) {
                return i;
            }
        }
        return -1;
    }
}
