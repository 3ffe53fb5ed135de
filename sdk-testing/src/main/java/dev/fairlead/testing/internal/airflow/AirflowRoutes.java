package dev.fairlead.testing.internal.airflow;

import dev.fairlead.airflow.internal.render.Header;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is not about runs: login, DAGs, their files and import errors, and the door our publisher comes in by. */
public final class AirflowRoutes {
    private static final int PAGE = 50;
    private static final int MAX_PAGE = 100;

    private final AirflowState state;
    private final Tokens tokens;
    private final String version;
    private final MonitorRoutes monitor;
    private final CatalogRoutes catalog;

    public AirflowRoutes(AirflowState state, Tokens tokens, String version) {
        this.state = state;
        this.tokens = tokens;
        this.version = version;
        this.monitor = new MonitorRoutes(state);
        this.catalog = new CatalogRoutes(state);
    }

    /** What answers a call of a known caller; runs under the state's lock. */
    @FunctionalInterface
    interface Action {
        Answer answer(HttpCall call, Tokens.User caller) throws IOException;
    }

    public Routes routes() {
        Routes routes = new Routes();
        routes.on("POST", "/auth/token", call -> Answer.json(201, tokens.login(call)));
        routes.on("GET", "/auth/token", call -> Answer.json(201, tokens.letIn()));
        routes.on(
                "GET",
                "/api/v2/version",
                call -> Answer.json(Map.of("version", version, "git_version", ".release:fake")));
        on(routes, "GET", "/api/v2/dags", this::dags);
        on(routes, "GET", "/api/v2/dags/{dag}", (call, user) -> Answer.json(Json.dag(dag(call))));
        on(routes, "PATCH", "/api/v2/dags/{dag}", this::patchDag);
        on(routes, "DELETE", "/api/v2/dags/{dag}", this::deleteDag);
        on(routes, "GET", "/api/v2/dags/{dag}/details", (call, user) -> Answer.json(details(dag(call))));
        on(routes, "GET", "/api/v2/dags/{dag}/tasks", this::tasks);
        on(routes, "GET", "/api/v2/dags/{dag}/dagVersions", (call, user) -> {
            DagRow dag = dag(call);
            return page(
                    call,
                    "dag_versions",
                    dag.versions.descendingMap().values().stream()
                            .map(v -> Json.version(dag, v))
                            .toList());
        });
        on(routes, "GET", "/api/v2/dagSources/{dag}", this::source);
        on(routes, "GET", "/api/v2/importErrors", this::importErrors);
        on(routes, "PUT", "/api/v2/parseDagFile/{token}", this::parseSoon);
        monitor.addTo(routes, this);
        new AdminRoutes().addTo(routes, this);
        new AssetRoutes(state).addTo(routes, this);
        new BackfillRoutes(state).addTo(routes, this);
        new ApprovalRoutes(state).addTo(routes, this);
        new XComRoutes(state).addTo(routes, this);
        new StateRoutes(state).addTo(routes, this);
        new ManyRoutes(state).addTo(routes, this);
        catalog.addTo(routes, this);
        new RunRoutes(state).addTo(routes, this);
        new TaskRoutes(state).addTo(routes, this);
        door(routes);
        return routes;
    }

    /** Adds a route that wants a token, and a role that may write where it writes. */
    void on(Routes routes, String method, String pattern, Action action) {
        routes.on(method, pattern, call -> {
            Tokens.User caller = tokens.caller(call);
            if (!method.equals("GET") && !caller.mayWrite()) {
                throw new Refusal(403, "Forbidden");
            }
            call.bytes(); // read before the lock is taken
            return state.with(() -> {
                try {
                    Answer answer = action.answer(call, caller);
                    if (!method.equals("GET")) {
                        monitor.note(method.toLowerCase(java.util.Locale.ROOT), caller.name(), call.variables());
                    }
                    return answer;
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        });
    }

    private void door(Routes routes) {
        String pattern = FakePublisher.DOOR + "{dag}";
        routes.on("PUT", pattern, call -> {
            PublishedDag dag = JsonCodec.camelCase().read(call.bytes(), PublishedDag.class, "a published DAG");
            return Answer.json(Map.of("changed", state.with(() -> state.publish(dag))));
        });
        routes.on("POST", pattern, call -> {
            String source = String.valueOf(call.json().get("source"));
            return Answer.json(Map.of("changed", state.with(() -> state.restore(call.variable("dag"), source))));
        });
        routes.on(
                "DELETE",
                pattern,
                call -> Answer.json(Map.of("changed", state.with(() -> state.unpublish(call.variable("dag"))))));
        routes.on("GET", pattern, call -> {
            String source = state.with(() -> Optional.ofNullable(state.fileSource(call.variable("dag"))))
                    .orElse(null);
            return Answer.json(source == null ? Map.of() : Map.of("source", source));
        });
    }

    /** Answers what a handler threw, or that there is no such route. */
    public static Answer onError(@Nullable Exception e) {
        if (e instanceof Refusal refusal) {
            return Answer.json(refusal.status(), refusal.body());
        }
        return e == null
                ? Answer.json(404, Map.of("error", "API route not found"))
                : Answer.json(500, Map.of("detail", "Internal Server Error: " + e));
    }

    /** Answers a scripted fault. */
    public static Answer error(int status) {
        return Answer.json(status, Map.of("detail", "scripted fault"));
    }

    private DagRow dag(HttpCall call) {
        String id = call.variable("dag");
        return state.get(id, "The Dag with ID: `" + id + "` was not found");
    }

    private Answer dags(HttpCall call, Tokens.User user) {
        List<Map<String, Object>> all = new ArrayList<>();
        boolean favorites = call.query("is_favorite").isPresent();
        state.known().stream()
                .filter(d -> !d.stale && (!favorites || catalog.favorite(d.dagId)))
                .forEach(d -> all.add(Json.dag(d)));
        if (call.query("order_by").filter("-dag_id"::equals).isPresent()) {
            all.sort(Comparator.comparing((Map<String, Object> d) -> String.valueOf(d.get("dag_id")))
                    .reversed());
        }
        return page(call, "dags", all);
    }

    /** Answers one page; the server never gives more than 100 rows, whatever is asked. */
    static Answer page(HttpCall call, String field, List<Map<String, Object>> all) {
        int limit = call.query("limit").map(Integer::parseInt).orElse(PAGE);
        Optional<String> cursor = call.query("cursor");
        if (cursor.isEmpty()) {
            return page(
                    field,
                    all,
                    limit,
                    call.query("offset").map(Integer::parseInt).orElse(0));
        }
        int from = cursor.get().isEmpty() ? 0 : Integer.parseInt(cursor.get().substring(1));
        Map<String, Object> page = rows(field, all, limit, from);
        int next = from + Math.min(MAX_PAGE, limit);
        page.put("next_cursor", next < all.size() ? "c" + next : null);
        return Answer.json(page);
    }

    static Answer page(String field, List<Map<String, Object>> all, int limit, int offset) {
        return Answer.json(rows(field, all, limit, offset));
    }

    private static Map<String, Object> rows(String field, List<Map<String, Object>> all, int limit, int offset) {
        int from = Math.min(all.size(), offset);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(field, all.subList(from, Math.min(all.size(), from + Math.min(MAX_PAGE, limit))));
        page.put("total_entries", all.size());
        return page;
    }

    private Answer patchDag(HttpCall call, Tokens.User user) throws IOException {
        DagRow dag = dag(call);
        if (call.query("update_mask").filter(m -> !m.equals("is_paused")).isPresent()) {
            throw new Refusal(400, "Only `is_paused` field can be updated through the REST API");
        }
        Object paused = call.json().get("is_paused");
        if (!(paused instanceof Boolean flag)) {
            throw Refusal.invalid("missing", "is_paused", "Field required", call.json());
        }
        dag.paused = flag;
        return Answer.json(Json.dag(dag));
    }

    private Answer deleteDag(HttpCall call, Tokens.User user) {
        String id = call.variable("dag");
        state.delete(state.get(id, "Dag with id: " + id + " was not found"));
        return Answer.empty(204);
    }

    private static Map<String, Object> details(DagRow dag) {
        Map<String, Object> details = Json.dag(dag);
        Map<String, Object> params = new LinkedHashMap<>();
        PublishedDag parsed = dag.parsed;
        if (parsed != null) {
            parsed.params().forEach((name, value) -> params.put(name, Map.of("value", value, "schema", Map.of())));
        }
        details.put("params", params);
        details.put(
                "default_args",
                Map.of(Header.MARK, java.util.Objects.requireNonNull(parsed).mark()));
        details.put(
                "latest_dag_version",
                Json.version(dag, java.util.Objects.requireNonNull(dag.versions.get(dag.version))));
        return details;
    }

    private Answer tasks(HttpCall call, Tokens.User user) {
        PublishedDag parsed = java.util.Objects.requireNonNull(dag(call).parsed);
        List<Map<String, Object>> tasks = new ArrayList<>();
        parsed.tasks().stream()
                .sorted(Comparator.comparing(PublishedDag.TaskModel::taskId))
                .forEach(t -> tasks.add(Json.task(parsed, t)));
        return Answer.json(Map.of("tasks", tasks, "total_entries", tasks.size()));
    }

    private Answer source(HttpCall call, Tokens.User user) {
        String id = call.variable("dag");
        DagRow dag = state.get(id, "The source code of the Dag " + id + ", version_number None was not found");
        int number = call.query("version_number").map(Integer::valueOf).orElse(dag.version);
        DagRow.Version version = dag.versions.get(number);
        if (version == null) {
            throw new Refusal(
                    404, "The source code of the Dag " + id + ", version_number " + number + " was not found");
        }
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("content", version.dag().source());
        source.put("dag_id", id);
        source.put("version_number", number);
        return Answer.json(source);
    }

    private Answer importErrors(HttpCall call, Tokens.User user) {
        String pattern = call.query("filename_pattern").orElse("");
        List<Map<String, Object>> errors = new ArrayList<>();
        for (DagRow dag : state.broken()) {
            Map<String, Object> error =
                    Json.importError(errors.size() + 1, dag, dag.brokenAt(state.now(), state.parseEvery()));
            if (String.valueOf(error.get("filename")).contains(pattern)) {
                errors.add(error);
            }
        }
        return page(call, "import_errors", errors);
    }

    private Answer parseSoon(HttpCall call, Tokens.User user) {
        String token = call.variable("token");
        String dagId = token.startsWith("fake.") ? token.substring("fake.".length()) : "";
        state.parseSoon(state.get(dagId, "File not found"));
        return Answer.json(201, null);
    }
}
