package dev.fairlead.testing.internal.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Users with what was given to them, and roles. Not thread-safe: its routes take one call at a time. */
final class UserTable {
    static final List<String> LEVELS = List.of("NO_PERMISSIONS", "READ", "USE", "EDIT", "MANAGE");
    private static final String DENY = "DENY";
    private static final String DEFAULT = "READ";

    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<Long, Role> roles = new TreeMap<>();
    private long ids;

    /** A user. */
    static final class User {
        final long id;
        final String name;
        String password;
        boolean admin;
        final Role own;

        User(long id, String name, String password, Role own) {
            this.id = id;
            this.name = name;
            this.password = password;
            this.own = own;
        }

        Map<String, Object> wire(boolean old) {
            Map<String, Object> wire = new LinkedHashMap<>(Map.of("id", id, "username", name, "is_admin", admin));
            if (old) {
                wire.put("experiment_permissions", own.old("experiment", "experiment_id", id));
                wire.put("registered_model_permissions", own.old("registered_model", "name", id));
            }
            return wire;
        }
    }

    /** A permission of a role. */
    static final class Grant {
        final long id;
        final long role;
        final String type;
        final String pattern;
        String permission;

        Grant(long id, long role, String type, String pattern, String permission) {
            this.id = id;
            this.role = role;
            this.type = type;
            this.pattern = pattern;
            this.permission = permission;
        }

        boolean about(String resourceType, String resourceId) {
            return type.equals(resourceType) && pattern.equals(resourceId);
        }

        Map<String, Object> wire() {
            return Wire.object(
                    "id",
                    id,
                    "role_id",
                    role,
                    "resource_type",
                    type,
                    "resource_pattern",
                    pattern,
                    "permission",
                    permission);
        }
    }

    /** A role; each user has one of its own, in which what was given to it alone is kept. */
    static final class Role {
        final long id;
        final String workspace;
        String name;

        @Nullable
        String description;

        final List<Grant> grants = new ArrayList<>();
        final List<Long> users = new ArrayList<>();

        Role(long id, String workspace, String name, @Nullable String description) {
            this.id = id;
            this.workspace = workspace;
            this.name = name;
            this.description = description;
        }

        Optional<Grant> find(String type, String pattern) {
            return grants.stream().filter(g -> g.about(type, pattern)).findFirst();
        }

        Map<String, Object> wire() {
            Map<String, Object> wire = new LinkedHashMap<>(Map.of(
                    "id",
                    id,
                    "name",
                    name,
                    "workspace",
                    workspace,
                    "permissions",
                    grants.stream().map(Grant::wire).toList()));
            wire.put("description", description);
            return wire;
        }

        private List<Map<String, Object>> old(String type, String key, long user) {
            return grants.stream()
                    .filter(g -> g.type.equals(type))
                    .map(g -> Wire.object(key, g.pattern, "permission", g.permission, "user_id", user))
                    .toList();
        }
    }

    User create(String name, String password) {
        if (users.containsKey(name)) {
            // the server really tells the hash here
            throw Refusal.exists("User (username=" + name
                    + ") already exists. Error: (sqlite3.IntegrityError) UNIQUE constraint failed: users.username\n"
                    + "[SQL: INSERT INTO users (username, password_hash, is_admin) VALUES (?, ?, ?)]\n"
                    + "[parameters: ('" + name + "', 'scrypt:32768:8:1$" + name + "', 0)]");
        }
        long id = ++ids;
        Role own = new Role(++ids, "default", "__user_" + id + "__", null);
        own.users.add(id);
        roles.put(own.id, own);
        User user = new User(id, name, password, own);
        users.put(name, user);
        return user;
    }

    User get(String name) {
        User user = users.get(name);
        if (user == null) {
            throw Refusal.missing("User with username=" + name + " not found");
        }
        return user;
    }

    List<User> all() {
        return List.copyOf(users.values());
    }

    void delete(User user) {
        users.remove(user.name);
        roles.remove(user.own.id);
        roles.values().forEach(role -> role.users.remove(user.id));
    }

    /** Finds who an Authorization header names, if the password is right. */
    Optional<User> login(String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return Optional.empty();
        }
        String pair = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        return Optional.ofNullable(users.get(pair.substring(0, Math.max(colon, 0))))
                .filter(user -> user.password.equals(pair.substring(colon + 1)));
    }

    Role createRole(String workspace, String name, @Nullable String description) {
        if (roles.values().stream().anyMatch(r -> r.workspace.equals(workspace) && r.name.equals(name))) {
            throw Refusal.exists("Role (name=" + name + ", workspace=" + workspace + ") already exists.");
        }
        Role role = new Role(++ids, workspace, name, description);
        roles.put(role.id, role);
        return role;
    }

    Role role(long id) {
        Role role = roles.get(id);
        if (role == null) {
            throw Refusal.missing("Role with id=" + id + " not found");
        }
        return role;
    }

    List<Role> roles() {
        return List.copyOf(roles.values());
    }

    List<Role> rolesOf(User user) {
        return roles.values().stream().filter(r -> r.users.contains(user.id)).toList();
    }

    void deleteRole(Role role) {
        roles.remove(role.id);
    }

    Grant add(Role role, String type, String pattern, String permission) {
        Grant grant = new Grant(++ids, role.id, type, pattern, permission);
        role.grants.add(grant);
        return grant;
    }

    Grant grant(long id) {
        return roles.values().stream()
                .flatMap(r -> r.grants.stream())
                .filter(g -> g.id == id)
                .findFirst()
                .orElseThrow(() -> Refusal.missing("Role permission with id=" + id + " not found"));
    }

    /** Returns what a user may do with a resource: the most that was given, unless it was denied; else the default. */
    String effective(User user, String type, String id) {
        if (user.admin) {
            return "MANAGE";
        }
        List<String> given = rolesOf(user).stream()
                .flatMap(r -> r.grants.stream())
                .filter(g -> g.type.equals(type) && (g.pattern.equals(id) || g.pattern.equals("*")))
                .map(g -> g.permission)
                .toList();
        return given.contains(DENY)
                ? DENY
                : given.stream()
                        .max((a, b) -> Integer.compare(LEVELS.indexOf(a), LEVELS.indexOf(b)))
                        .orElse(DEFAULT);
    }

    boolean may(User user, String level, String type, String id) {
        return LEVELS.indexOf(effective(user, type, id)) >= LEVELS.indexOf(level);
    }
}
