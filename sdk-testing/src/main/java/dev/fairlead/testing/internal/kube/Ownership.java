package dev.fairlead.testing.internal.kube;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Who owns which fields of an object, and what server-side apply and plain writes do to that. */
final class Ownership {
    private final KindInfo kind;
    private final Fields fields;
    private final Instant now;

    Ownership(KindInfo kind, Instant now) {
        this.kind = kind;
        this.fields = new Fields(kind);
        this.now = now;
    }

    /** A manager with what he owns. */
    private record Owner(String manager, String operation, String subresource, String time, Set<List<String>> owned) {
        boolean is(String name, String how, String where) {
            return manager.equals(name) && operation.equals(how) && subresource.equals(where);
        }

        String words(KindInfo kind) {
            String text = "\"" + manager + "\"";
            if (!subresource.isEmpty()) {
                text += " with subresource \"" + subresource + "\"";
            }
            return operation.equals("Update") ? text + " using " + kind.kind().apiVersion() : text;
        }
    }

    private static List<Owner> owners(Map<String, Object> object) {
        List<Owner> owners = new ArrayList<>();
        if (Tree.map(object, "metadata").get("managedFields") instanceof List<?> entries) {
            for (Object element : entries) {
                Map<String, Object> entry = Tree.copy((Map<?, ?>) Objects.requireNonNull(element));
                owners.add(new Owner(
                        Tree.text(entry, "manager"),
                        Tree.text(entry, "operation"),
                        Tree.text(entry, "subresource"),
                        Tree.text(entry, "time"),
                        Fields.read(Tree.map(entry, "fieldsV1"))));
            }
        }
        return owners;
    }

    private void write(Map<String, Object> object, List<Owner> owners) {
        List<Object> entries = new ArrayList<>();
        for (Owner owner : owners) {
            if (owner.owned().isEmpty()) {
                continue;
            }
            Map<String, Object> entry = Tree.of(
                    "manager", owner.manager(),
                    "operation", owner.operation(),
                    "apiVersion", kind.kind().apiVersion(),
                    "time", owner.time(),
                    "fieldsType", "FieldsV1",
                    "fieldsV1", Fields.write(owner.owned()));
            if (!owner.subresource().isEmpty()) {
                entry.put("subresource", owner.subresource());
            }
            entries.add(entry);
        }
        Tree.make(object, "metadata").put("managedFields", entries);
    }

    private String stamp() {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Applies: conflicts are refused unless forced; what the manager no longer applies, and nobody else owns, goes. */
    Map<String, Object> apply(Map<String, Object> live, Map<String, Object> applied, String manager, boolean force) {
        Set<List<String>> wanted = fields.of(applied);
        List<Owner> owners = new ArrayList<>(owners(live));
        Map<Owner, List<List<String>>> conflicts = conflicts(owners, live, applied, wanted, manager);
        if (!conflicts.isEmpty() && !force) {
            throw conflict(conflicts);
        }
        conflicts.forEach((owner, paths) -> owner.owned().removeAll(paths));
        Map<String, Object> merged = fields.merge(live, applied);
        Owner before = owners.stream()
                .filter(o -> o.is(manager, "Apply", ""))
                .findFirst()
                .orElse(null);
        if (before != null) {
            owners.remove(before);
            drop(merged, before.owned(), wanted, owners);
        }
        String time = before != null && before.owned().equals(wanted) ? before.time() : stamp();
        owners.add(new Owner(manager, "Apply", "", time, wanted));
        write(merged, owners);
        return merged;
    }

    private Map<Owner, List<List<String>>> conflicts(
            List<Owner> owners,
            Map<String, Object> live,
            Map<String, Object> applied,
            Set<List<String>> wanted,
            String manager) {
        Map<Owner, List<List<String>>> conflicts = new LinkedHashMap<>();
        for (Owner owner : owners) {
            if (owner.is(manager, "Apply", "")) {
                continue;
            }
            for (List<String> path : wanted) {
                boolean item = !path.get(path.size() - 1).startsWith("f:");
                if (!item
                        && owner.owned().contains(path)
                        && !Tree.same(fields.get(live, path), fields.get(applied, path))) {
                    conflicts.computeIfAbsent(owner, o -> new ArrayList<>()).add(path);
                }
            }
        }
        return conflicts;
    }

    private void drop(
            Map<String, Object> merged, Set<List<String>> before, Set<List<String>> wanted, List<Owner> others) {
        List<List<String>> gone = new ArrayList<>(before);
        gone.removeAll(wanted);
        gone.sort((a, b) -> b.size() - a.size()); // the inner ones first
        for (List<String> path : gone) {
            boolean held = others.stream()
                    .flatMap(owner -> owner.owned().stream())
                    .anyMatch(p ->
                            p.size() >= path.size() && p.subList(0, path.size()).equals(path));
            if (!held) {
                fields.remove(merged, path);
            }
        }
    }

    private Refusal conflict(Map<Owner, List<List<String>>> conflicts) {
        List<Refusal.Cause> causes = new ArrayList<>();
        Map<String, List<String>> byManager = new TreeMap<>();
        conflicts.forEach((owner, paths) -> paths.forEach(path -> {
            String words = owner.words(kind);
            causes.add(new Refusal.Cause("FieldManagerConflict", "conflict with " + words, Fields.show(path)));
            byManager.computeIfAbsent(words, w -> new ArrayList<>()).add(Fields.show(path));
        }));
        String list;
        if (causes.size() == 1) {
            list = causes.get(0).message() + ": " + causes.get(0).field();
        } else {
            List<String> lines = new ArrayList<>();
            byManager.forEach((words, paths) -> {
                lines.add("conflicts with " + words + ":");
                paths.forEach(path -> lines.add("- " + path));
            });
            list = String.join("\n", lines);
        }
        String message =
                "Apply failed with " + causes.size() + (causes.size() == 1 ? " conflict: " : " conflicts: ") + list;
        return Refusal.fieldConflict(message, causes);
    }

    /** Takes over what a plain write changed: the writer owns it now, and nobody else. */
    void update(Map<String, Object> live, Map<String, Object> written, String manager, String subresource) {
        Set<List<String>> before = fields.of(live);
        Set<List<String>> after = fields.of(written);
        Set<List<String>> changed = new LinkedHashSet<>();
        for (List<String> path : after) {
            if (!before.contains(path) || !Tree.same(fields.get(live, path), fields.get(written, path))) {
                boolean item =
                        before.contains(path) && !path.get(path.size() - 1).startsWith("f:");
                if (!item) {
                    changed.add(path);
                }
            }
        }
        List<Owner> owners = new ArrayList<>();
        Set<List<String>> mine = new LinkedHashSet<>();
        String time = stamp();
        for (Owner owner : owners(live)) {
            Set<List<String>> left = new LinkedHashSet<>(owner.owned());
            left.retainAll(after);
            if (owner.is(manager, "Update", subresource)) {
                mine.addAll(left);
                time = changed.isEmpty() ? owner.time() : time;
            } else {
                left.removeAll(changed);
                owners.add(new Owner(owner.manager(), owner.operation(), owner.subresource(), owner.time(), left));
            }
        }
        mine.addAll(changed);
        owners.add(new Owner(manager, "Update", subresource, time, mine));
        write(written, owners);
    }
}
