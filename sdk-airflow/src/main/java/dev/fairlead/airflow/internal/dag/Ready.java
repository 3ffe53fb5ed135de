package dev.fairlead.airflow.internal.dag;

import dev.fairlead.airflow.internal.dag.Graph.Node;
import dev.fairlead.airflow.internal.dag.Graph.Scope;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** The tasks that may come next: those of the group at hand first, then those of the nearest group, by id where that leaves a choice. */
final class Ready {
    private final Map<String, PriorityQueue<Node>> byGroup = new HashMap<>();
    private Optional<Scope> current = Optional.empty();

    void add(Node node) {
        byGroup.computeIfAbsent(node.scope().id(), s -> new PriorityQueue<>(Comparator.comparing(Node::id)))
                .add(node);
    }

    Optional<Node> next() {
        PriorityQueue<Node> here =
                current.map(s -> byGroup.get(s.id())).filter(q -> !q.isEmpty()).orElseGet(this::nearest);
        Optional<Node> next = Optional.ofNullable(here.poll());
        next.ifPresent(node -> current = Optional.of(node.scope()));
        return next;
    }

    private PriorityQueue<Node> nearest() {
        List<Scope> path = current.map(Scope::outwards).orElse(List.of());
        return byGroup.values().stream()
                .filter(q -> !q.isEmpty())
                .min(Comparator.<PriorityQueue<Node>>comparingInt(q -> -shared(path, q.element()))
                        .thenComparing(q -> q.element().id()))
                .orElseGet(PriorityQueue::new);
    }

    private static int shared(List<Scope> path, Node node) {
        return (int) node.scope().outwards().stream()
                .filter(s -> path.stream().anyMatch(p -> p.id().equals(s.id())))
                .count();
    }
}
