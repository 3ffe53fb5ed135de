package dev.fairlead.airflow.internal.dag;

import dev.fairlead.airflow.dag.TaskRole;
import java.util.Set;
import java.util.TreeSet;

/**
 * The first and last tasks of a group, where its edges begin and end. Teardowns at its end are passed over, as Airflow does it: what follows a
 * group shall not wait for them.
 *
 * @param graph the graph as far as it is known
 */
record Ends(Graph graph) {
    Set<String> first(Set<String> inside) {
        Set<String> first = new TreeSet<>();
        for (String id : inside) {
            if (graph.upstream(id).stream().noneMatch(inside::contains)) {
                first.add(id);
            }
        }
        return first;
    }

    Set<String> last(Set<String> inside) {
        Set<String> last = new TreeSet<>();
        for (String id : inside) {
            if (graph.downstream(id).stream().noneMatch(inside::contains)) {
                if (is(id, TaskRole.TEARDOWN)) {
                    beforeTeardown(id, inside, last);
                } else {
                    last.add(id);
                }
            }
        }
        return last;
    }

    private void beforeTeardown(String teardown, Set<String> inside, Set<String> last) {
        for (String up : graph.upstream(teardown)) {
            if (!inside.contains(up) || (is(teardown, TaskRole.TEARDOWN) && is(up, TaskRole.SETUP))) {
                continue;
            }
            if (is(up, TaskRole.TEARDOWN)) {
                beforeTeardown(up, inside, last);
            } else if (graph.downstream(up).stream()
                    .noneMatch(d -> !d.equals(teardown) && inside.contains(d) && !is(d, TaskRole.TEARDOWN))) {
                last.add(up);
            }
        }
    }

    private boolean is(String id, TaskRole role) {
        return graph.node(id).filter(n -> n.task().role() == role).isPresent();
    }
}
