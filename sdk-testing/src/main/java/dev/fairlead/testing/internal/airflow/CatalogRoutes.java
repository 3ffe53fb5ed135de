package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Single versions and tasks of DAGs, tags, favourites, and what is told of a task of a run beside its state. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class CatalogRoutes {
    private static final String DAG = "/api/v2/dags/{dag}";
    private static final String TASK = DAG + "/dagRuns/{run}/taskInstances/{task}";

    private final AirflowState state;
    private final Set<String> favorites = new TreeSet<>();

    CatalogRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        to.on(routes, "GET", DAG + "/dagVersions/{number}", this::version);
        to.on(routes, "GET", DAG + "/tasks/{task}", this::task);
        to.on(routes, "GET", "/api/v2/dagTags", this::tags);
        to.on(routes, "POST", DAG + "/favorite", (call, user) -> mark(call, true));
        to.on(routes, "POST", DAG + "/unfavorite", (call, user) -> mark(call, false));
        to.on(routes, "GET", TASK + "/links", (call, user) -> Answer.json(Map.of("extra_links", Map.of())));
        to.on(routes, "GET", TASK + "/dependencies", (call, user) -> Answer.json(Map.of("dependencies", List.of())));
        to.on(
                routes,
                "GET",
                TASK + "/{index}/dependencies",
                (call, user) -> Answer.json(Map.of("dependencies", List.of())));
        to.on(routes, "GET", TASK + "/externalLogUrl/{try}", (call, user) -> {
            throw new Refusal(400, "Task log handler does not support external logs.");
        });
    }

    /** Tells whether a DAG is a favourite. */
    boolean favorite(String dagId) {
        return favorites.contains(dagId);
    }

    private DagRow dag(HttpCall call) {
        String id = call.variable("dag");
        return state.get(id, "The Dag with ID: `" + id + "` was not found");
    }

    private Answer version(HttpCall call, Tokens.User user) {
        DagRow dag = dag(call);
        DagRow.Version version = dag.versions.get(Integer.valueOf(call.variable("number")));
        if (version == null) {
            throw new Refusal(
                    404,
                    "The DagVersion with dag_id: `" + dag.dagId + "` and version_number: `" + call.variable("number")
                            + "` was not found");
        }
        return Answer.json(Json.version(dag, version));
    }

    private Answer task(HttpCall call, Tokens.User user) {
        PublishedDag parsed = dag(call).parsed;
        String id = call.variable("task");
        return Answer.json(parsed.tasks().stream()
                .filter(t -> t.taskId().equals(id))
                .findFirst()
                .map(t -> Json.task(parsed, t))
                .orElseThrow(() -> new Refusal(404, "Task with id " + id + " was not found")));
    }

    private Answer tags(HttpCall call, Tokens.User user) {
        Set<String> tags = new TreeSet<>();
        state.known().forEach(dag -> tags.addAll(dag.parsed.tags()));
        return Answer.json(Map.of("tags", List.copyOf(tags), "total_entries", tags.size()));
    }

    private Answer mark(HttpCall call, boolean favorite) {
        String id = dag(call).dagId;
        if (favorite && !favorites.add(id)) {
            throw Refusal.unique();
        }
        if (!favorite && !favorites.remove(id)) {
            throw new Refusal(409, "Dag is not marked as favorite");
        }
        return Answer.empty(204);
    }
}
