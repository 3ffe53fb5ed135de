package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The calls about users, permissions and roles. */
final class AdminRoutes {
    private static final int SHORTEST_PASSWORD = 12;
    private static final List<String> LEVELS = List.of("READ", "USE", "EDIT", "MANAGE", "NO_PERMISSIONS", "DENY");
    private static final Pattern OLD_PERMISSIONS = Pattern.compile("(experiments|registered-models)/permissions/\\w+");

    private final UserTable users;
    private final boolean before3;

    AdminRoutes(UserTable users, boolean before3) {
        this.users = users;
        this.before3 = before3;
    }

    static Answer denied() {
        return Answer.text(403, "text/html; charset=utf-8", "Permission denied");
    }

    /** Answers a call of the administration; nothing where it is another. */
    Optional<Answer> answer(UserTable.User caller, HttpCall call, String operation, Map<String, Object> fields) {
        Request request = new Request(fields, 0, () -> "");
        String key = call.method() + " " + operation;
        if (before3 && OLD_PERMISSIONS.matcher(operation).matches()) {
            return Optional.of(oldPermission(caller, key, request));
        }
        return user(caller, key, request).or(() -> before3 ? Optional.empty() : current(caller, key, request));
    }

    private Optional<Answer> user(UserTable.User caller, String key, Request request) {
        return switch (key) {
            case "POST users/create" -> guarded(caller.admin, () -> create(request));
            case "GET users/get" ->
                guarded(
                        self(caller, request),
                        () -> Answer.json(Map.of(
                                "user", users.get(request.text("username")).wire(before3))));
            case "PATCH users/update-password" -> guarded(self(caller, request), () -> setPassword(caller, request));
            case "PATCH users/update-admin" ->
                guarded(caller.admin, () -> {
                    users.get(request.text("username")).admin =
                            request.optional("is_admin").orElse("false").equals("true");
                    return Answer.json(Map.of());
                });
            case "DELETE users/delete" ->
                guarded(caller.admin, () -> {
                    UserTable.User user = users.get(request.text("username"));
                    if (user == caller) {
                        throw Refusal.bad(
                                "Users cannot delete their own account. Ask another admin to delete this user instead.");
                    }
                    users.delete(user);
                    return Answer.json(Map.of());
                });
            default -> Optional.empty();
        };
    }

    private static boolean self(UserTable.User caller, Request request) {
        return caller.admin || request.optional("username").orElse("").equals(caller.name);
    }

    /** Does some work where it is allowed. */
    @FunctionalInterface
    private interface Work {
        Answer run();
    }

    private static Optional<Answer> guarded(boolean allowed, Work work) {
        return Optional.of(allowed ? work.run() : denied());
    }

    private Answer create(Request request) {
        String password = request.text("password");
        checkPassword(password);
        UserTable.User made = users.create(request.text("username"), password);
        return Answer.json(Map.of("user", made.wire(before3)));
    }

    private static void checkPassword(String password) {
        if (password.length() < SHORTEST_PASSWORD) {
            throw Refusal.invalid("Password must be at least 12 characters.");
        }
    }

    private Answer setPassword(UserTable.User caller, Request request) {
        UserTable.User user = users.get(request.text("username"));
        if (!before3) {
            checkPassword(request.text("password"));
            if (user == caller
                    && !request.optional("current_password").orElse("").equals(user.password)) {
                throw Refusal.invalid("Current password is required when changing your own password.");
            }
        }
        user.password = request.text("password");
        return Answer.json(Map.of());
    }

    private Answer oldPermission(UserTable.User caller, String key, Request request) {
        boolean model = key.contains("registered-models");
        String type = model ? "registered_model" : "experiment";
        String id = request.text(model ? "name" : "experiment_id");
        if (!users.may(caller, "MANAGE", type, id)) {
            return denied();
        }
        UserTable.User user = users.get(request.text("username"));
        Optional<UserTable.Grant> grant = user.own.find(type, id);
        String what = (model ? "Registered model permission (name=" : "Experiment permission (experiment_id=") + id
                + ", username=" + user.name + ")";
        if (key.startsWith("POST ")) {
            if (grant.isPresent()) {
                throw Refusal.exists(
                        what + " already exists. Error: (sqlite3.IntegrityError) UNIQUE constraint failed");
            }
            users.add(user.own, type, id, request.text("permission"));
            return Answer.json(Map.of());
        }
        UserTable.Grant there = grant.orElseThrow(() -> Refusal.missing(what + " not found"));
        if (key.startsWith("DELETE ")) {
            user.own.grants.remove(there);
        } else if (key.startsWith("PATCH ")) {
            there.permission = request.text("permission");
        }
        return Answer.json(Map.of());
    }

    private Optional<Answer> current(UserTable.User caller, String key, Request request) {
        return switch (key) {
            case "GET users/list" ->
                Optional.of(Answer.json(Map.of(
                        "users", users.all().stream().map(u -> u.wire(false)).toList())));
            case "POST users/permissions/grant" -> managed(caller, request, () -> grant(request));
            case "POST users/permissions/revoke" -> managed(caller, request, () -> revoke(request));
            case "GET users/permissions/get" -> guarded(self(caller, request), () -> effective(request));
            case "GET users/permissions/list" -> guarded(self(caller, request), () -> list(request));
            case "GET users/roles/list" ->
                guarded(self(caller, request), () -> roles(users.rolesOf(users.get(request.text("username")))));
            default -> key.contains(" roles/") ? guarded(caller.admin, () -> role(key, request)) : Optional.empty();
        };
    }

    private Optional<Answer> managed(UserTable.User caller, Request request, Work work) {
        return guarded(users.may(caller, "MANAGE", request.text("resource_type"), request.text("resource_id")), work);
    }

    private static String permission(Request request) {
        String permission = request.text("permission");
        if (!LEVELS.contains(permission)) {
            throw Refusal.invalid("Invalid permission '" + permission
                    + "'. Valid permissions are: ('READ', 'USE', 'EDIT', 'MANAGE', 'NO_PERMISSIONS', 'DENY')");
        }
        return permission;
    }

    private static String about(Request request) {
        return "Permission for user=" + request.text("username") + " on resource_type=" + request.text("resource_type")
                + ", resource_id=" + request.text("resource_id");
    }

    private Answer grant(Request request) {
        UserTable.User user = users.get(request.text("username"));
        String type = request.text("resource_type");
        String id = request.text("resource_id");
        if (user.own.find(type, id).isPresent()) {
            throw Refusal.exists(about(request) + " already exists.");
        }
        users.add(user.own, type, id, permission(request));
        return Answer.json(Map.of());
    }

    private Answer revoke(Request request) {
        UserTable.User user = users.get(request.text("username"));
        user.own.grants.remove(user.own
                .find(request.text("resource_type"), request.text("resource_id"))
                .orElseThrow(() -> Refusal.missing(about(request) + " not found.")));
        return Answer.json(Map.of());
    }

    private Answer effective(Request request) {
        String permission = users.effective(
                users.get(request.text("username")), request.text("resource_type"), request.text("resource_id"));
        boolean allowed = UserTable.LEVELS.indexOf(permission) >= UserTable.LEVELS.indexOf("USE");
        return Answer.json(Map.of("permission", permission, "allowed", allowed));
    }

    private Answer list(Request request) {
        UserTable.User user = users.get(request.text("username"));
        List<Map<String, Object>> rows = users.rolesOf(user).stream()
                .flatMap(role -> role.grants.stream().map(grant -> {
                    Map<String, Object> row = new LinkedHashMap<>(grant.wire());
                    row.remove("id");
                    row.put("role_name", role.name);
                    row.put("workspace", role.workspace);
                    return row;
                }))
                .toList();
        return Answer.json(Map.of("is_admin", user.admin, "permissions", rows));
    }

    private static Answer roles(List<UserTable.Role> roles) {
        return Answer.json(
                Map.of("roles", roles.stream().map(UserTable.Role::wire).toList()));
    }

    private static long number(Request request, String name) {
        return request.number(name).orElseThrow(() -> Refusal.missingParameter(name));
    }

    private Answer role(String key, Request request) {
        return switch (key) {
            case "POST roles/create" ->
                one(users.createRole(
                        request.text("workspace"),
                        request.text("name"),
                        request.optional("description").orElse(null)));
            case "GET roles/list" -> {
                Predicate<UserTable.Role> wanted = request.optional("workspace")
                        .<Predicate<UserTable.Role>>map(w -> role -> role.workspace.equals(w))
                        .orElse(role -> true);
                yield roles(users.roles().stream().filter(wanted).toList());
            }
            case "PATCH roles/permissions/update", "DELETE roles/permissions/remove" -> changeGrant(key, request);
            default -> ofRole(key, users.role(number(request, "role_id")), request);
        };
    }

    private static Answer one(UserTable.Role role) {
        return Answer.json(Map.of("role", role.wire()));
    }

    private Answer changeGrant(String key, Request request) {
        UserTable.Grant grant = users.grant(number(request, "role_permission_id"));
        if (key.startsWith("DELETE ")) {
            users.role(grant.role).grants.remove(grant);
            return Answer.json(Map.of());
        }
        grant.permission = permission(request);
        return Answer.json(Map.of("role_permission", grant.wire()));
    }

    private Answer ofRole(String key, UserTable.Role role, Request request) {
        switch (key) {
            case "PATCH roles/update" -> {
                role.name = request.optional("name").orElse(role.name);
                role.description = request.optional("description").orElse(role.description);
            }
            case "DELETE roles/delete" -> users.deleteRole(role);
            case "POST roles/permissions/add" -> {
                if (role.find(request.text("resource_type"), request.text("resource_pattern"))
                        .isPresent()) {
                    throw Refusal.exists("Role permission (role_id=" + role.id + ") already exists.");
                }
                users.add(role, request.text("resource_type"), request.text("resource_pattern"), permission(request));
            }
            case "POST roles/assign", "DELETE roles/unassign" -> assign(key.startsWith("POST "), role, request);
            default -> {
                // reading one, which is answered below
            }
        }
        return one(role);
    }

    private void assign(boolean given, UserTable.Role role, Request request) {
        UserTable.User user = users.get(request.text("username"));
        String what = "User role assignment (user_id=" + user.id + ", role_id=" + role.id + ")";
        if (given && role.users.contains(user.id)) {
            throw Refusal.exists(what + " already exists");
        }
        if (!given && !role.users.contains(user.id)) {
            throw Refusal.missing(what + " not found");
        }
        if (given) {
            role.users.add(user.id);
        } else {
            role.users.remove(user.id);
        }
    }
}
