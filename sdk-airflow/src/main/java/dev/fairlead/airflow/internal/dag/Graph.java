package dev.fairlead.airflow.internal.dag;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Edge;
import dev.fairlead.airflow.dag.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tasks of a DAG and what runs after what. Edges to unknown tasks are left out; double ones count once. */
public final class Graph {
    private final Map<String, Set<String>> after = new TreeMap<>();
    private final Map<String, Set<String>> before = new HashMap<>();

    private Graph() {}

    /** Reads a DAG. */
    public static Graph of(Dag dag) {
        Graph graph = new Graph();
        for (Task task : dag.tasks()) {
            graph.after.put(task.id(), new TreeSet<>());
            graph.before.put(task.id(), new HashSet<>());
        }
        for (Edge edge : dag.edges()) {
            Set<String> downstream = graph.after.get(edge.upstream());
            Set<String> upstream = graph.before.get(edge.downstream());
            if (downstream != null && upstream != null) {
                downstream.add(edge.downstream());
                upstream.add(edge.upstream());
            }
        }
        return graph;
    }

    /** Returns the tasks right after one, sorted. */
    public Set<String> downstream(String id) {
        return Collections.unmodifiableSet(after.getOrDefault(id, Set.of()));
    }

    /** Returns the tasks right before one. */
    public Set<String> upstream(String id) {
        return Collections.unmodifiableSet(before.getOrDefault(id, Set.of()));
    }

    /** Returns all tasks, each after those before it, and by id where that leaves a choice. */
    public List<String> order() {
        Map<String, Integer> waiting = new HashMap<>();
        PriorityQueue<String> ready = new PriorityQueue<>();
        for (String id : after.keySet()) {
            int count = upstream(id).size();
            waiting.put(id, count);
            if (count == 0) {
                ready.add(id);
            }
        }
        List<String> order = new ArrayList<>(after.size());
        while (!ready.isEmpty()) {
            String id = ready.remove();
            order.add(id);
            for (String next : downstream(id)) {
                if (waiting.merge(next, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        return order;
    }

    /** Returns one circle, its first task again at the end, if there is any. */
    public Optional<List<String>> cycle() {
        Set<String> done = new HashSet<>();
        for (String start : after.keySet()) {
            if (!done.contains(start)) {
                Optional<List<String>> found = search(start, done);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Goes deep without recursion: a chain of 20,000 tasks would overflow the stack. */
    private Optional<List<String>> search(String start, Set<String> done) {
        List<String> path = new ArrayList<>(List.of(start));
        Set<String> onPath = new HashSet<>(path);
        Deque<Iterator<String>> open = new ArrayDeque<>();
        open.push(downstream(start).iterator());
        while (!open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
                String left = path.remove(path.size() - 1);
                onPath.remove(left);
                done.add(left);
                continue;
            }
            String next = open.peek().next();
            if (onPath.contains(next)) {
                List<String> circle = new ArrayList<>(path.subList(path.indexOf(next), path.size()));
                circle.add(next);
                return Optional.of(circle);
            }
            if (!done.contains(next)) {
                path.add(next);
                onPath.add(next);
                open.push(downstream(next).iterator());
            }
        }
        return Optional.empty();
    }

    /** Tells whether a task runs before another, directly or through others. */
    public boolean isBefore(String first, String second) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(upstream(second));
        while (!open.isEmpty()) {
            String id = open.pop();
            if (id.equals(first)) {
                return true;
            }
            if (seen.add(id)) {
                open.addAll(upstream(id));
            }
        }
        return false;
    }
}
