package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a server's routes as MLflow's basic-auth does: asks for a user and password, offers users, permissions and roles, and lets
 * a user do what was given to it; everybody may look.
 */
public final class UserRoutes {
    private static final Pattern OPERATION = Pattern.compile("/(?:ajax-)?api/\\d\\.0/mlflow/(.+)");
    private static final Set<String> OPEN = Set.of("/health", "/version");
    private static final String MODELS = "registered-models/";
    private static final String VERSIONS = "model-versions/";

    private final UserTable users = new UserTable();
    private final Routes inner;
    private final Function<HttpCall, MlflowState> states;
    private final boolean before3;
    private final AdminRoutes admin;

    /** Creates the routes with one administrator, in front of others. */
    public UserRoutes(String admin, String password, Routes inner, WorkspaceRoutes workspaces, boolean before3) {
        this.inner = inner;
        this.states = workspaces::state;
        this.before3 = before3;
        this.admin = new AdminRoutes(users, before3);
        users.create(admin, password).admin = true;
    }

    /** Makes the table of routes. */
    public Routes routes() {
        return new Routes().on("*", "/{path...}", this::serve);
    }

    private Answer serve(HttpCall call) throws IOException {
        if (OPEN.contains(call.rawPath()) && !before3) {
            return pass(call);
        }
        UserTable.User user;
        synchronized (users) {
            Optional<UserTable.User> login =
                    users.login(call.header("authorization").orElse(""));
            if (login.isEmpty()) {
                return Answer.text(
                                401,
                                "text/html; charset=utf-8",
                                "You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.")
                        .header("WWW-Authenticate", "Basic realm=\"mlflow\"");
            }
            user = login.get();
            Matcher path = OPERATION.matcher(call.rawPath());
            if (path.matches()) {
                Optional<Answer> answer = admin.answer(user, call, path.group(1), fields(call));
                if (answer.isPresent()) {
                    return answer.get();
                }
                if (!user.admin && !allowed(user, call, path.group(1))) {
                    return AdminRoutes.denied();
                }
            }
        }
        Answer answer = pass(call);
        remember(user, call);
        return answer;
    }

    private Answer pass(HttpCall call) throws IOException {
        Routes.Handler handler = inner.find(call);
        return handler == null ? MlflowRoutes.onError(null) : handler.handle(call);
    }

    /** Reads the fields of a call; what is not JSON, such as a file, stays unread. */
    static Map<String, Object> fields(HttpCall call) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        call.query().forEach((name, values) -> fields.put(name, values.get(0)));
        if (call.header("content-type").orElse("").startsWith("application/json")) {
            try {
                fields.putAll(call.json());
            } catch (InvalidResponseException e) {
                // the server reads it as empty
            }
        }
        return fields;
    }

    private boolean allowed(UserTable.User user, HttpCall call, String operation) throws IOException {
        Map<String, Object> fields = fields(call);
        String level = level(call.method(), operation);
        if (operation.startsWith(MODELS) || operation.startsWith(VERSIONS)) {
            Object name = fields.get("name");
            return operation.equals(MODELS + "create")
                    || name == null
                    || users.may(user, level, "registered_model", String.valueOf(name));
        }
        if (operation.equals("experiments/create")) {
            return true;
        }
        Optional<String> experiment = Optional.ofNullable(fields.get("experiment_id"))
                .map(String::valueOf)
                .or(() -> Optional.ofNullable(fields.getOrDefault("run_id", fields.get("run_uuid")))
                        .flatMap(run -> states.apply(call).experimentOf(String.valueOf(run))));
        return experiment.isEmpty() || users.may(user, level, "experiment", experiment.get());
    }

    private static String level(String method, String operation) {
        if (method.equals("GET") || operation.contains("search")) {
            return "READ";
        }
        return operation.endsWith("/delete") || operation.endsWith("/restore") ? "MANAGE" : "EDIT";
    }

    /** Who makes something may manage it. */
    private void remember(UserTable.User user, HttpCall call) throws IOException {
        Matcher path = OPERATION.matcher(call.rawPath());
        if (user.admin || !path.matches() || !path.group(1).endsWith("s/create")) {
            return;
        }
        Object name = fields(call).get("name");
        synchronized (users) {
            if (path.group(1).equals(MODELS + "create") && name != null) {
                users.add(user.own, "registered_model", String.valueOf(name), "MANAGE");
            } else if (path.group(1).equals("experiments/create") && name != null) {
                Map<String, Object> made = states.apply(call)
                        .call("GET experiments/get-by-name", Map.of("experiment_name", String.valueOf(name)));
                if (made.get("experiment") instanceof Map<?, ?> experiment) {
                    users.add(user.own, "experiment", String.valueOf(experiment.get("experiment_id")), "MANAGE");
                }
            }
        }
    }
}
