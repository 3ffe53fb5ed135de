package dev.fairlead.testing.internal.mlflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The experiments. */
final class ExperimentTable {
    private static final List<String> KINDS = List.of("attribute", "tag");

    private final Map<Long, Row> rows = new TreeMap<>();

    /** One experiment. */
    static final class Row {
        final String id;
        String name;
        final String artifactLocation;
        final long created;
        long updated;
        boolean deleted;
        final Map<String, String> tags = new LinkedHashMap<>();

        Row(String id, String name, String artifactLocation, long created) {
            this.id = id;
            this.name = name;
            this.artifactLocation = artifactLocation;
            this.created = created;
            this.updated = created;
        }
    }

    private final Workspace workspace;

    /** The workspace whose experiments these are; ids are unique on a server, so each starts counting elsewhere. */
    record Workspace(String name, String artifacts, long first) {
        static final Workspace ONLY = new Workspace("default", "mlflow-artifacts:/", 0);
    }

    ExperimentTable(Workspace workspace) {
        this.workspace = workspace;
        if (workspace.first() == 0) {
            rows.put(0L, new Row("0", "Default", workspace.artifacts() + "0", 0));
        }
    }

    Map<String, Object> create(Request request) {
        String name = request.text("name");
        if (name.length() > 500) {
            throw Refusal.invalid("'name' exceeds the maximum length of 500 characters");
        }
        if (rows.values().stream().anyMatch(r -> r.name.equals(name))) {
            throw Refusal.exists("Experiment(name=" + name + ") already exists.");
        }
        long id = rows.keySet().stream().mapToLong(n -> n).max().orElse(workspace.first()) + 1;
        String location = request.optional("artifact_location").orElse(workspace.artifacts() + id);
        Row row = new Row(Long.toString(id), name, location, request.now());
        row.tags.putAll(request.pairs("tags"));
        rows.put(id, row);
        return Wire.object("experiment_id", row.id);
    }

    Map<String, Object> get(Request request) {
        return Wire.object("experiment", wire(any(request)));
    }

    Map<String, Object> getByName(Request request) {
        String name = request.text("experiment_name");
        return rows.values().stream()
                .filter(r -> r.name.equals(name))
                .findFirst()
                .map(r -> Wire.object("experiment", wire(r)))
                .orElseThrow(() -> Refusal.missing("Could not find experiment with name '" + name + "'"));
    }

    Map<String, Object> search(Request request) {
        int size = request.maxResults(0, 50_000);
        String view = request.optional("view_type").orElse("ACTIVE_ONLY");
        SearchFilter filter = SearchFilter.parse(request.optional("filter").orElse(""), KINDS);
        Comparator<Row> newest = Comparator.<Row>comparingLong(r -> r.created)
                .reversed()
                .thenComparing(
                        Comparator.<Row>comparingLong(r -> Long.parseLong(r.id)).reversed());
        List<Row> found = rows.values().stream()
                .filter(r -> view.equals("ALL") || r.deleted == view.equals("DELETED_ONLY"))
                .filter(r -> filter.fits((kind, key) -> value(r, kind, key)))
                .sorted(SearchOrder.comparator(request.texts("order_by"), ExperimentTable::value, newest))
                .toList();
        return Wire.page(request, "experiments", found, size, this::wire);
    }

    private static Optional<Object> value(Row row, String kind, String key) {
        if (kind.startsWith("tag")) {
            return Optional.ofNullable(row.tags.get(key));
        }
        return switch (key) {
            case "name" -> Optional.of(row.name);
            case "creation_time" -> Optional.of(row.created);
            case "last_update_time" -> Optional.of(row.updated);
            case "experiment_id" -> Optional.of(Long.valueOf(row.id));
            default -> throw Refusal.invalid("Invalid attribute key '" + key + "' specified.");
        };
    }

    Map<String, Object> setTag(Request request) {
        Row row = active(request.text("experiment_id"));
        KeyRules.check("key", "Tag", request.text("key"));
        row.tags.put(request.text("key"), request.optional("value").orElse(""));
        return Map.of();
    }

    Map<String, Object> deleteTag(Request request) {
        Row row = active(request.text("experiment_id"));
        if (row.tags.remove(request.text("key")) == null) {
            throw Refusal.missing("No tag with name: " + request.text("key") + " in experiment with id " + row.id);
        }
        return Map.of();
    }

    Map<String, Object> update(Request request) {
        Row row = active(request.text("experiment_id"));
        String name = request.text("new_name");
        if (rows.values().stream().anyMatch(r -> r != row && r.name.equals(name))) {
            throw Refusal.bad(
                    "(sqlite3.IntegrityError) UNIQUE constraint failed: experiments.workspace, experiments.name");
        }
        row.name = name;
        row.updated = request.now();
        return Map.of();
    }

    /** Deletes or restores; where it already is so, the server says that there is none. */
    Row mark(Request request, boolean deleted) {
        Row row = rows.get(id(request.text("experiment_id")));
        if (row == null || row.deleted == deleted) {
            throw none(request.text("experiment_id"));
        }
        row.deleted = deleted;
        row.updated = request.now();
        return row;
    }

    /** Returns an experiment that takes runs. */
    Row active(String id) {
        Row row = rows.get(id(id));
        if (row == null) {
            throw none(id);
        }
        if (row.deleted) {
            throw Refusal.invalid("The experiment " + id + " must be in the 'active' state. Current state is deleted.");
        }
        return row;
    }

    private Row any(Request request) {
        String id = request.text("experiment_id");
        Row row = rows.get(id(id));
        if (row == null) {
            throw none(id);
        }
        return row;
    }

    private static long id(String text) {
        return Request.whole(text)
                .orElseThrow(() -> Refusal.invalid(
                        "Invalid experiment ID '" + text + "'. Experiment ID must be a valid integer."));
    }

    private static Refusal none(String id) {
        return Refusal.missing("No Experiment with id=" + id + " exists");
    }

    private Map<String, Object> wire(Row row) {
        return Wire.object(
                "experiment_id", row.id,
                "name", row.name,
                "artifact_location", row.artifactLocation,
                "lifecycle_stage", row.deleted ? "deleted" : "active",
                "last_update_time", row.updated,
                "creation_time", row.created,
                "tags", Wire.pairs(row.tags),
                "workspace", workspace.name());
    }

    List<Row> all() {
        return new ArrayList<>(rows.values());
    }
}
