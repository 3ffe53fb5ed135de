package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What tasks ask people, by the scripts of their DAGs. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class ApprovalRoutes {
    private static final String RUN = "/api/v2/dags/{dag}/dagRuns/{run}";
    private static final String DETAIL = RUN + "/taskInstances/{task}/{index}/hitlDetails";

    private final AirflowState state;

    ApprovalRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        to.on(routes, "GET", RUN + "/hitlDetails", this::list);
        to.on(routes, "GET", DETAIL, (call, user) -> Answer.json(json(question(call))));
        to.on(routes, "PATCH", DETAIL, this::answer);
    }

    private Answer list(HttpCall call, Tokens.User user) {
        String dagId = call.variable("dag");
        String runId = call.variable("run");
        String answered = call.query("response_received").orElse("");
        return AirflowRoutes.page(
                call,
                "hitl_details",
                state.scripts().questions().stream()
                        .filter(q -> dagId.equals("~") || dagId.equals(q.dagId))
                        .filter(q -> runId.equals("~") || runId.equals(q.runId))
                        .filter(q -> answered.isEmpty() || answered.equals(String.valueOf(q.answeredAt != null)))
                        .map(this::json)
                        .toList());
    }

    private Question question(HttpCall call) {
        return state.scripts().questions().stream()
                .filter(q -> q.dagId.equals(call.variable("dag")) && q.runId.equals(call.variable("run")))
                .filter(q -> q.taskId.equals(call.variable("task"))
                        && call.variable("index").equals("-1"))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        404,
                        "The Task Instance with dag_id: `" + call.variable("dag") + "`, run_id: `"
                                + call.variable("run") + "`, task_id: `" + call.variable("task")
                                + "` and map_index: `-1` was not found"));
    }

    @SuppressWarnings("unchecked") // what a client of ours sends
    private Answer answer(HttpCall call, Tokens.User user) throws IOException {
        Question question = question(call);
        Map<String, Object> body = call.json();
        List<String> chosen = RunRoutes.strings(body.get("chosen_options"));
        if (question.answeredAt != null) {
            throw new Refusal(
                    409,
                    "Human-in-the-loop detail has already been updated for Task Instance with id fake and is not allowed to "
                            + "write again.");
        }
        Set<String> wrong = new TreeSet<>(chosen);
        question.options.forEach(wrong::remove);
        if (!wrong.isEmpty()) {
            throw new Refusal(
                    400, "Invalid options " + wrong + "; allowed options are " + new TreeSet<>(question.options) + ".");
        }
        question.chosen = chosen;
        question.params = (Map<String, Object>) body.getOrDefault("params_input", Map.of());
        question.by = user.name();
        question.answeredAt = state.now();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("responded_by", Map.of("id", question.by, "name", question.by));
        json.put("responded_at", Json.time(question.answeredAt));
        json.put("chosen_options", question.chosen);
        json.put("params_input", question.params);
        return Answer.json(json);
    }

    private Map<String, Object> json(Question question) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("options", question.options);
        json.put("subject", question.subject);
        json.put("body", null);
        json.put("defaults", null);
        json.put("multiple", false);
        Map<String, Object> params = new LinkedHashMap<>();
        question.asked.forEach((name, value) -> params.put(name, Map.of("value", value, "schema", Map.of())));
        json.put("params", params);
        json.put("assigned_users", List.of());
        json.put("created_at", Json.time(question.at));
        json.put(
                "responded_by_user",
                question.answeredAt == null ? null : Map.of("id", question.by, "name", question.by));
        json.put("responded_at", Json.time(question.answeredAt));
        json.put("chosen_options", question.answeredAt == null ? null : question.chosen);
        json.put("params_input", question.params);
        json.put("response_received", question.answeredAt != null);
        RunRow run = Objects.requireNonNull(state.get(question.dagId, "").runs.get(question.runId));
        json.put("task_instance", Json.instance(run, run.tasks.get(question.taskId)));
        return json;
    }
}
