package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps workspaces apart: each has tables of its own, and a call goes to those of the workspace that its header names. */
public final class WorkspaceRoutes {
    private static final String HEADER = "x-mlflow-workspace";
    private static final String DEFAULT = "default";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final long IDS_OF_EACH = 1_000_000;

    private final boolean enabled;
    private final boolean before3;
    private final Clock clock;
    private final Function<MlflowState, Routes> routes;
    private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();
    private final AtomicLong made = new AtomicLong();

    /** A workspace with what is in it. */
    private record Entry(
            String name,
            @Nullable String description,
            @Nullable String root,
            MlflowState state,
            Routes routes) {
        Map<String, Object> wire() {
            Map<String, Object> wire = Wire.object("name", name);
            if (description != null) {
                wire.put("description", description);
            }
            if (root != null && !root.isEmpty()) {
                wire.put("default_artifact_root", root);
            }
            return wire;
        }
    }

    /**
     * Creates the routes with the default workspace.
     *
     * @param enabled whether there are others; if not, a call that names one is refused as the server does
     * @param before3 whether it is a server that does not know of workspaces and looks at no header
     * @param first what is in the default workspace
     * @param routes makes the table of routes of a workspace
     */
    public WorkspaceRoutes(
            boolean enabled, boolean before3, Clock clock, MlflowState first, Function<MlflowState, Routes> routes) {
        this.enabled = enabled;
        this.before3 = before3;
        this.clock = clock;
        this.routes = routes;
        entries.put(
                DEFAULT,
                new Entry(DEFAULT, "Default workspace for legacy resources", null, first, routes.apply(first)));
    }

    /** Makes the state of the default workspace of a server that has workspaces. */
    public static MlflowState firstState(Clock clock) {
        return new MlflowState(clock, null, new ExperimentTable.Workspace(DEFAULT, artifacts(DEFAULT), 0));
    }

    private static String artifacts(String name) {
        return "mlflow-artifacts:/workspaces/" + name + "/";
    }

    /** Makes the table of routes. */
    public Routes routes() {
        Routes all = new Routes();
        if (enabled) {
            for (String prefix : List.of("/api", "/ajax-api")) {
                String path = prefix + "/3.0/mlflow/workspaces";
                all.on(
                        "GET",
                        prefix + "/3.0/mlflow/server-info",
                        call -> Answer.json(Wire.object("store_type", "SqlStore", "workspaces_enabled", true)));
                all.on(
                        "GET",
                        path,
                        call -> Answer.json(Wire.object(
                                "workspaces",
                                entries.values().stream().map(Entry::wire).toList())));
                all.on("POST", path, this::create);
                all.on("GET", path + "/{name}", call -> answer(200, get(call.variable("name"))));
                all.on("PATCH", path + "/{name}", this::update);
                all.on("DELETE", path + "/{name}", this::delete);
            }
        }
        return all.on("*", "/{path...}", this::inside);
    }

    /** Returns what is in the workspace of a call. */
    MlflowState state(HttpCall call) {
        return entry(call).state();
    }

    private Answer inside(HttpCall call) throws IOException {
        Routes.Handler handler = entry(call).routes().find(call);
        return handler == null ? MlflowRoutes.onError(null) : handler.handle(call);
    }

    private Entry entry(HttpCall call) {
        Optional<String> named = call.header(HEADER).filter(name -> !before3 && !name.isBlank());
        boolean probe = call.rawPath().equals("/version") || call.rawPath().equals("/health");
        if (named.isPresent() && !enabled && !probe) {
            throw Refusal.of(
                    500,
                    "FEATURE_DISABLED",
                    "Workspace APIs are not available: workspaces are not enabled on this server");
        }
        return probe ? get(DEFAULT) : get(named.orElse(DEFAULT));
    }

    private Entry get(String name) {
        if (!name.equals(DEFAULT)) {
            check(name);
        }
        Entry entry = entries.get(name);
        if (entry == null) {
            throw Refusal.missing("Workspace '" + name + "' not found");
        }
        return entry;
    }

    private static void check(String name) {
        if (name.length() < 2 || name.length() > 63) {
            throw Refusal.invalid("Workspace name '" + name + "' must be between 2 and 63 characters.");
        }
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid(
                    "Workspace name '" + name
                            + "' must match the pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$ (lowercase alphanumeric with optional internal hyphens).");
        }
    }

    private static Answer answer(int status, Entry entry) {
        return Answer.json(status, Wire.object("workspace", entry.wire()));
    }

    private static @Nullable String text(Map<String, Object> body, String name) {
        Object value = body.get(name);
        return value == null ? null : String.valueOf(value);
    }

    private Answer create(HttpCall call) throws IOException {
        Map<String, Object> body = call.json();
        String name = text(body, "name");
        if (name == null) {
            throw Refusal.missingParameter("name");
        }
        if (name.equals(DEFAULT)) {
            throw Refusal.invalid("The 'default' workspace is reserved and cannot be created");
        }
        check(name);
        String root = text(body, "default_artifact_root");
        MlflowState state = new MlflowState(
                clock,
                null,
                new ExperimentTable.Workspace(name, artifacts(name), made.incrementAndGet() * IDS_OF_EACH));
        Entry entry = new Entry(name, text(body, "description"), root, state, routes.apply(state));
        if (entries.putIfAbsent(name, entry) != null) {
            throw Refusal.exists("Workspace '" + name
                    + "' already exists. Error: (sqlite3.IntegrityError) UNIQUE constraint failed: workspaces.name");
        }
        return answer(201, entry);
    }

    private Answer update(HttpCall call) throws IOException {
        Map<String, Object> body = call.json();
        if (!body.containsKey("description") && !body.containsKey("default_artifact_root")) {
            throw Refusal.invalid("Workspace update must have at least one key");
        }
        Entry old = get(call.variable("name"));
        Entry entry = new Entry(
                old.name(),
                body.containsKey("description") ? text(body, "description") : old.description(),
                body.containsKey("default_artifact_root") ? text(body, "default_artifact_root") : old.root(),
                old.state(),
                old.routes());
        entries.put(old.name(), entry);
        return answer(200, entry);
    }

    private Answer delete(HttpCall call) {
        String name = call.variable("name");
        if (name.equals(DEFAULT)) {
            throw Refusal.invalid("The 'default' workspace is reserved and cannot be deleted");
        }
        Entry entry = get(name);
        String mode = call.query("mode").orElse("RESTRICT");
        if (mode.equals("SET_DEFAULT")) {
            throw Refusal.of(
                    501, "NOT_IMPLEMENTED", "This fake does not move what a workspace holds; delete it first.");
        }
        if (!mode.equals("CASCADE") && !entry.state().isEmpty()) {
            throw Refusal.of(
                    500,
                    "INVALID_STATE",
                    "Cannot delete workspace '" + name
                            + "': table 'experiments' still contains 1 resource(s). Remove or reassign them before deleting the workspace.");
        }
        entries.remove(name);
        return Answer.empty(204);
    }
}
