package dev.fairlead.airflow.internal.dag;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.TaskGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tasks of a DAG with those of its groups, and what runs after what: by edges, by edges of groups, by the outputs a task uses, and from set-up
 * to teardown. What leads nowhere is kept as {@link #strays()}; double edges count once.
 */
public final class Graph {
    /**
     * A task.
     *
     * @param id its id with those of its groups
     * @param task the task
     * @param scope the group it stands in
     * @param place where it stands, for messages
     */
    public record Node(String id, Task task, Scope scope, String place) {}

    /**
     * A group, or the DAG.
     *
     * @param id the id with those of the groups around; empty for the DAG
     * @param prefix what the ids of the tasks in it begin with
     * @param group the group; empty for the DAG
     * @param parent what it stands in; empty for the DAG
     * @param place where it stands, for messages
     */
    public record Scope(String id, String prefix, Optional<TaskGroup> group, Optional<Scope> parent, String place) {
        /** Returns this and all around it, the innermost first. */
        public List<Scope> outwards() {
            List<Scope> all = new ArrayList<>();
            for (Optional<Scope> at = Optional.of(this);
                    at.isPresent();
                    at = at.get().parent()) {
                all.add(at.get());
            }
            return all;
        }

        /** Returns how many groups are around what stands here. */
        public int depth() {
            return outwards().size() - 1;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /**
     * An edge that has to be written, between tasks or groups.
     *
     * @param upstream the id with those of its groups
     * @param downstream the same
     * @param label what stands on it; empty for nothing
     */
    public record Link(String upstream, String downstream, String label) {}

    /**
     * A name that no task has.
     *
     * @param place where it stands
     * @param rule what is wrong
     * @param name the name
     */
    public record Stray(String place, String rule, String name) {}

    /**
     * An id that is there already.
     *
     * @param place where the second stands
     * @param id the id
     * @param tasks those of both that are tasks
     */
    public record Twin(String place, String id, List<Task> tasks) {}

    private final Map<String, Node> nodes;
    private final Map<String, Scope> groups;
    private final List<Link> links;
    private final List<Stray> strays;
    private final List<Twin> twins;
    private final Map<String, Set<String>> after = new TreeMap<>();
    private final Map<String, Set<String>> before = new HashMap<>();

    Graph(Map<String, Node> nodes, Map<String, Scope> groups, List<Link> links, List<Stray> strays, List<Twin> twins) {
        this.nodes = nodes;
        this.groups = groups;
        this.links = links;
        this.strays = strays;
        this.twins = twins;
    }

    /** Reads a DAG. */
    public static Graph of(Dag dag) {
        return new GraphReader().read(dag);
    }

    void add(String id) {
        after.put(id, new TreeSet<>());
        before.put(id, new HashSet<>());
    }

    void connect(String upstream, String downstream) {
        Objects.requireNonNull(after.get(upstream)).add(downstream);
        Objects.requireNonNull(before.get(downstream)).add(upstream);
    }

    /** Returns the tasks, in the order of the program. */
    public Collection<Node> nodes() {
        return nodes.values();
    }

    /** Returns the task of this id. */
    public Optional<Node> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** Returns the groups, each after that around it. */
    public Collection<Scope> groups() {
        return groups.values();
    }

    /** Returns the group of this id. */
    public Optional<Scope> group(String id) {
        return Optional.ofNullable(groups.get(id));
    }

    /** Returns the edges to write: those inside a group before those of the group. */
    public List<Link> links() {
        return Collections.unmodifiableList(links);
    }

    /** Returns what leads nowhere. */
    public List<Stray> strays() {
        return Collections.unmodifiableList(strays);
    }

    /** Returns what has the id of another. */
    public List<Twin> twins() {
        return Collections.unmodifiableList(twins);
    }

    /** Returns the tasks right after one, sorted. */
    public Set<String> downstream(String id) {
        return Collections.unmodifiableSet(after.getOrDefault(id, Set.of()));
    }

    /** Returns the tasks right before one. */
    public Set<String> upstream(String id) {
        return Collections.unmodifiableSet(before.getOrDefault(id, Set.of()));
    }

    /** Finds what an id means where it stands: in this group, in that around it, and so on. */
    public Optional<String> resolve(String id, Scope scope) {
        return scope.outwards().stream()
                .map(s -> s.prefix() + id)
                .filter(full -> nodes.containsKey(full) || groups.containsKey(full))
                .findFirst();
    }

    /** Returns all tasks, each after those before it; where that leaves a choice those of one group together, then by id. */
    public List<String> order() {
        Map<String, Integer> waiting = new HashMap<>();
        Ready ready = new Ready();
        for (Map.Entry<String, Node> entry : new TreeMap<>(nodes).entrySet()) {
            int count = upstream(entry.getKey()).size();
            waiting.put(entry.getKey(), count);
            if (count == 0) {
                ready.add(entry.getValue());
            }
        }
        List<String> order = new ArrayList<>(nodes.size());
        for (Optional<Node> next = ready.next(); next.isPresent(); next = ready.next()) {
            String id = next.get().id();
            order.add(id);
            for (String later : downstream(id)) {
                if (waiting.merge(later, -1, Integer::sum) == 0) {
                    ready.add(Objects.requireNonNull(nodes.get(later)));
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
}
