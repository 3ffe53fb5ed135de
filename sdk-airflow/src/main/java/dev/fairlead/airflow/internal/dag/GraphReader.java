package dev.fairlead.airflow.internal.dag;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Edge;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.TaskContainer;
import dev.fairlead.airflow.dag.TaskGroup;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.internal.dag.Graph.Link;
import dev.fairlead.airflow.internal.dag.Graph.Node;
import dev.fairlead.airflow.internal.dag.Graph.Scope;
import dev.fairlead.airflow.internal.dag.Graph.Stray;
import dev.fairlead.airflow.internal.dag.Graph.Twin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the graph of a DAG. */
final class GraphReader {
    /** An edge as it stands in the program. */
    private record Said(Edge edge, Scope scope, String place) {}

    /** An edge whose ends are known, and the innermost that holds both. */
    private record Known(Link link, Scope around) {}

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Scope> groups = new LinkedHashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final List<Said> said = new ArrayList<>();
    private final Map<List<String>, Known> known = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Stray> strays = new ArrayList<>();
    private final List<Twin> twins = new ArrayList<>();
    private final Graph graph = new Graph(nodes, groups, links, strays, twins);

    Graph read(Dag dag) {
        walk(dag, new Scope("", "", Optional.empty(), Optional.empty(), ""));
        said.forEach(this::addEdge);
        nodes.values().forEach(this::addInputs);
        nodes.values().forEach(this::addSetups);
        nodes.values().forEach(this::addChoices);
        // Airflow looks for the ends of a group when it reads the group's edge, so that those inside come first
        known.values().stream()
                .sorted(Comparator.<Known>comparingInt(k -> -k.around().depth())
                        .thenComparing(k -> isGroup(k.link()))
                        .thenComparing(k -> k.link().upstream())
                        .thenComparing(k -> k.link().downstream()))
                .forEach(this::connect);
        return graph;
    }

    private void walk(TaskContainer container, Scope scope) {
        String before = scope.place().isEmpty() ? "" : scope.place() + ".";
        for (Task task : container.tasks()) {
            String id = scope.prefix() + task.id();
            Node node = new Node(id, task, scope, before + "tasks[" + task.id() + "]");
            if (isNew(id, node.place(), task)) {
                nodes.put(id, node);
                graph.add(id);
                scope.outwards()
                        .forEach(s -> members.computeIfAbsent(s.id(), g -> new HashSet<>())
                                .add(id));
            }
        }
        for (TaskGroup group : container.groups()) {
            String id = scope.prefix() + group.id();
            String place = before + "groups[" + group.id() + "]";
            Scope inner =
                    new Scope(id, group.prefixesIds() ? id + "." : "", Optional.of(group), Optional.of(scope), place);
            if (isNew(id, place, null)) {
                groups.put(id, inner);
                walk(group, inner);
            }
        }
        int i = 0;
        for (Edge edge : container.edges()) {
            said.add(new Said(edge, scope, before + "edges[" + i++ + "]"));
        }
    }

    private boolean isNew(String id, String place, @Nullable Task task) {
        Node node = nodes.get(id);
        if (node == null && !groups.containsKey(id)) {
            return true;
        }
        twins.add(new Twin(
                place,
                id,
                Stream.of(node == null ? null : node.task(), task)
                        .filter(Objects::nonNull)
                        .toList()));
        return false;
    }

    private void addEdge(Said one) {
        Optional<String> up =
                end(one, "must start at a task or group of this DAG", one.edge().upstream());
        Optional<String> down =
                end(one, "must end at a task or group of this DAG", one.edge().downstream());
        if (up.isPresent() && down.isPresent()) {
            add(one.place(), new Link(up.get(), down.get(), one.edge().label()));
        }
    }

    private Optional<String> end(Said one, String rule, String id) {
        Optional<String> found = graph.resolve(id, one.scope());
        if (found.isEmpty()) {
            strays.add(new Stray(one.place(), rule, id));
        }
        return found;
    }

    private void addInputs(Node node) {
        for (TaskOutput<?> output : node.task().inputs()) {
            Optional<String> producer =
                    graph.resolve(output.taskId(), node.scope()).filter(nodes::containsKey);
            if (producer.isEmpty()) {
                strays.add(new Stray(node.place() + ".output", "must be of a task of this DAG", output.taskId()));
            } else {
                add(node.place() + ".output", new Link(producer.get(), node.id(), ""));
            }
        }
    }

    private void addSetups(Node node) {
        for (String setup : node.task().tearsDown()) {
            Optional<String> found = graph.resolve(setup, node.scope()).filter(nodes::containsKey);
            if (found.isEmpty()) {
                strays.add(new Stray(node.place() + ".tearsDown", "must be a task of this DAG", setup));
            } else {
                add(node.place() + ".tearsDown", new Link(found.get(), node.id(), ""));
            }
        }
    }

    private void addChoices(Node node) {
        for (String choice : node.task().choices()) {
            Optional<String> found = graph.resolve(choice, node.scope());
            if (found.isEmpty()) {
                strays.add(new Stray(node.place() + ".choices", "must be a task or group of this DAG", choice));
            } else {
                add(node.place() + ".choices", new Link(node.id(), found.get(), ""));
            }
        }
    }

    private void add(String place, Link link) {
        if (holds(link.upstream(), link.downstream()) || holds(link.downstream(), link.upstream())) {
            strays.add(new Stray(
                    place,
                    "must not lead between a group and what is in it",
                    link.upstream() + " -> " + link.downstream()));
            return;
        }
        Known before = known.get(List.of(link.upstream(), link.downstream()));
        if (before == null || before.link().label().isEmpty()) {
            known.put(List.of(link.upstream(), link.downstream()), new Known(link, around(link)));
        }
    }

    private boolean holds(String group, String id) {
        return groups.containsKey(group) && scopeOf(id).outwards().stream().anyMatch(s -> s.id().equals(group));
    }

    /** What a task or group stands in. */
    private Scope scopeOf(String id) {
        Node node = nodes.get(id);
        return node != null
                ? node.scope()
                : Objects.requireNonNull(groups.get(id)).parent().orElseThrow();
    }

    private Scope around(Link link) {
        List<Scope> down = scopeOf(link.downstream()).outwards();
        return scopeOf(link.upstream()).outwards().stream()
                .filter(s -> down.stream().anyMatch(d -> d.id().equals(s.id())))
                .findFirst()
                .orElseThrow();
    }

    private boolean isGroup(Link link) {
        return groups.containsKey(link.upstream()) || groups.containsKey(link.downstream());
    }

    private void connect(Known one) {
        Link link = one.link();
        links.add(link);
        Ends ends = new Ends(graph);
        Set<String> last =
                groups.containsKey(link.upstream()) ? ends.last(inside(link.upstream())) : Set.of(link.upstream());
        Set<String> first = groups.containsKey(link.downstream())
                ? ends.first(inside(link.downstream()))
                : Set.of(link.downstream());
        last.forEach(up -> first.forEach(down -> graph.connect(up, down)));
    }

    private Set<String> inside(String group) {
        return members.getOrDefault(group, Set.of());
    }
}
