package dev.fairlead.airflow.internal.plan;

import dev.fairlead.airflow.DagChange;
import dev.fairlead.airflow.DagChange.Kind;
import dev.fairlead.airflow.internal.plan.Tokens.UnreadableException;
import dev.fairlead.airflow.internal.render.Header;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two files of a DAG by what they say. */
public final class Differences {
    private final List<DagChange> changes = new ArrayList<>();

    private Differences() {}

    /** Lists what is other in a file than in the one before; empty only where both have the same text. */
    public static List<DagChange> between(Optional<String> before, String after) {
        if (before.filter(after::equals).isPresent()) {
            return List.of();
        }
        Differences differences = new Differences();
        try {
            differences.compare(before.map(DagFile::read).orElseGet(DagFile::empty), DagFile.read(after));
        } catch (UnreadableException e) {
            return List.of(new DagChange(
                    Kind.CHANGE,
                    "file",
                    "",
                    "",
                    "cannot be compared, for the one there now is not as Fairlead writes it"));
        }
        String was = before.flatMap(Header::read).map(Header::dialect).orElse("");
        String is = Header.read(after).map(Header::dialect).orElse("");
        if (!was.isEmpty() && !was.equals(is)) {
            differences.changes.add(new DagChange(Kind.CHANGE, "dialect", was, is, ""));
        }
        if (differences.changes.isEmpty()) {
            differences.changes.add(new DagChange(Kind.CHANGE, "file", "", "", "another text that says the same"));
        }
        return List.copyOf(differences.changes);
    }

    private void compare(DagFile before, DagFile after) {
        entries("", before.dag, after.dag);
        parts(before, after);
        for (String name : union(before.functions.keySet(), after.functions.keySet())) {
            function(name, before.functions.get(name), after.functions.get(name));
        }
        set("edge ", before.edges, after.edges);
        set("statement ", before.others, after.others);
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> all = new LinkedHashSet<>(b);
        all.addAll(a);
        return all;
    }

    private void parts(DagFile before, DagFile after) {
        for (String id : union(before.parts.keySet(), after.parts.keySet())) {
            Node.Call was = before.parts.get(id);
            Node.Call is = after.parts.get(id);
            String place = id.startsWith("group ") ? id : "task " + id;
            if (was == null && is != null) {
                changes.add(new DagChange(Kind.ADD, place, "", is.code(), is.function()));
            } else if (is == null && was != null) {
                changes.add(new DagChange(Kind.REMOVE, place, was.code(), "", was.function()));
            } else if (was != null && is != null) {
                if (!was.function().equals(is.function())) {
                    changes.add(new DagChange(Kind.CHANGE, place, was.function(), is.function(), ""));
                }
                entries(place + ".", was.arguments(), is.arguments());
            }
        }
    }

    private void function(String name, @Nullable String was, @Nullable String is) {
        if (was != null && is != null && !was.equals(is)) {
            changes.add(new DagChange(Kind.CHANGE, "code " + name, was, is, Lines.difference(was, is)));
        } else if (was == null && is != null) {
            changes.add(
                    new DagChange(Kind.ADD, "code " + name, "", is, is.lines().count() + " lines"));
        } else if (is == null && was != null) {
            changes.add(new DagChange(
                    Kind.REMOVE, "code " + name, was, "", was.lines().count() + " lines"));
        }
    }

    private void set(String what, Set<String> was, Set<String> is) {
        is.stream()
                .filter(e -> !was.contains(e))
                .forEach(e -> changes.add(new DagChange(Kind.ADD, what + e, "", "", "")));
        was.stream()
                .filter(e -> !is.contains(e))
                .forEach(e -> changes.add(new DagChange(Kind.REMOVE, what + e, "", "", "")));
    }

    private void entries(String place, Map<String, Node> was, Map<String, Node> is) {
        for (String key : union(was.keySet(), is.keySet())) {
            node(place + key.replaceAll("^\"|\"$", ""), was.get(key), is.get(key));
        }
    }

    private void node(String place, @Nullable Node was, @Nullable Node is) {
        if (was == null || is == null) {
            Kind kind = was == null ? Kind.ADD : Kind.REMOVE;
            changes.add(new DagChange(kind, place, was == null ? "" : was.code(), is == null ? "" : is.code(), ""));
        } else if (was instanceof Node.Entries a && is instanceof Node.Entries b) {
            entries(place + ".", a.entries(), b.entries());
        } else if (was instanceof Node.Items a
                && is instanceof Node.Items b
                && a.items().size() == b.items().size()) {
            for (int i = 0; i < a.items().size(); i++) {
                node(place + "[" + i + "]", a.items().get(i), b.items().get(i));
            }
        } else if (!was.equals(is)) {
            changes.add(new DagChange(Kind.CHANGE, place, was.code(), is.code(), ""));
        }
    }
}
