package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.internal.dag.Graph;
import dev.fairlead.airflow.internal.dag.Graph.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes the edges that no operator has made. */
final class EdgeCode {
    private final Graph graph;
    private final PythonFile file;

    EdgeCode(Graph graph, PythonFile file) {
        this.graph = graph;
        this.file = file;
    }

    /** Returns a line for each upstream: first those between tasks, then those of groups, whose ends are found by the edges before. */
    List<String> lines() {
        Map<String, Integer> position = new HashMap<>();
        graph.order().forEach(id -> position.put(id, position.size()));
        List<String> lines = new ArrayList<>();
        List<Link> tasks = new ArrayList<>();
        List<Link> groups = new ArrayList<>();
        for (Link link : graph.links()) {
            if (!file.isGiven(link.upstream(), link.downstream())) {
                (position.containsKey(link.upstream()) && position.containsKey(link.downstream()) ? tasks : groups)
                        .add(link);
            }
        }
        tasks.sort(Comparator.comparing((Link l) -> position.getOrDefault(l.upstream(), 0)));
        addLines(tasks, lines);
        addLines(groups, lines);
        return lines;
    }

    /** Joins what follows each other from one upstream; a later edge of a group must not come before its time. */
    private void addLines(List<Link> links, List<String> lines) {
        for (int from = 0; from < links.size(); ) {
            String upstream = links.get(from).upstream();
            int to = from;
            TreeSet<String> plain = new TreeSet<>();
            List<Link> labelled = new ArrayList<>();
            for (; to < links.size() && links.get(to).upstream().equals(upstream); to++) {
                if (links.get(to).label().isEmpty()) {
                    plain.add(links.get(to).downstream());
                } else {
                    labelled.add(links.get(to));
                }
            }
            String start = file.variable(upstream) + " >> ";
            if (!plain.isEmpty()) {
                lines.add(start + targets(plain).broken("    ", 4 + start.length()));
            }
            labelled.forEach(link -> lines.add(start + label(link) + " >> " + file.variable(link.downstream())));
            from = to;
        }
    }

    private Code targets(Collection<String> ids) {
        List<Code> names =
                ids.stream().<Code>map(id -> new Code.Raw(file.variable(id))).toList();
        return names.size() == 1 ? names.get(0) : new Code.Items(names);
    }

    private String label(Link link) {
        return new Code.Call(file.use("Label"), List.of(new Code.Argument("", new Code.Str(link.label())))).flat();
    }
}
