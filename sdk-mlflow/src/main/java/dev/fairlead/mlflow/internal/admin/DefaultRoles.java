package dev.fairlead.mlflow.internal.admin;

import static dev.fairlead.mlflow.internal.admin.AdminCalls.V3;

import dev.fairlead.error.ConflictException;
import dev.fairlead.mlflow.admin.Grant;
import dev.fairlead.mlflow.admin.Permission;
import dev.fairlead.mlflow.admin.Resource;
import dev.fairlead.mlflow.admin.Role;
import dev.fairlead.mlflow.admin.Roles;
import dev.fairlead.mlflow.admin.Workspace;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.Lost;
import dev.fairlead.mlflow.internal.wire.AdminWire;
import dev.fairlead.mlflow.internal.wire.AdminWire.GrantBody;
import dev.fairlead.mlflow.internal.wire.AdminWire.RoleBody;
import dev.fairlead.mlflow.internal.wire.AdminWire.RoleSingle;
import dev.fairlead.spi.Repeat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Roles on the server. */
public final class DefaultRoles implements Roles {
    /** The role in which a server keeps what was given to one user. */
    private static final Pattern OF_ONE_USER = Pattern.compile("__user_\\d+__");

    private final Api api;
    private final AdminCalls calls;

    /** Creates the area. */
    public DefaultRoles(Api api) {
        this.api = api;
        this.calls = new AdminCalls(api);
    }

    private AdminCalls calls() {
        api.require("roles", "3.12");
        return calls;
    }

    @Override
    public Role create(String workspace, String name, String description) {
        AdminWire.RoleCreate body =
                new AdminWire.RoleCreate(workspace, name, description.isEmpty() ? null : description);
        // names are unique in a workspace: what a lost attempt made is found by it
        AdminCalls calls = calls();
        return value(Lost.named(
                        api,
                        deadline -> bodiesIn(workspace).stream()
                                .filter(role -> role.name().equals(name))
                                .map(RoleSingle::new)
                                .findFirst(),
                        repeat -> calls.send("POST", V3, "roles/create", body, RoleSingle.class, repeat))
                .role());
    }

    @Override
    public Role get(long id) {
        return value(body(id));
    }

    private RoleBody body(long id) {
        return calls().get(V3, "roles/get", RoleSingle.class, q -> q.query("role_id", id))
                .role();
    }

    @Override
    public List<Role> list() {
        return values(list(
                calls().get(V3, "roles/list", AdminWire.RoleList.class, q -> {}).roles()));
    }

    @Override
    public List<Role> list(String workspace) {
        return values(bodiesIn(workspace));
    }

    private List<RoleBody> bodiesIn(String workspace) {
        return list(calls().get(V3, "roles/list", AdminWire.RoleList.class, q -> q.query("workspace", workspace))
                .roles());
    }

    @Override
    public Role rename(long id, String name) {
        return update(new AdminWire.RoleUpdate(id, name, null));
    }

    @Override
    public Role describe(long id, String description) {
        return update(new AdminWire.RoleUpdate(id, null, description));
    }

    private Role update(AdminWire.RoleUpdate body) {
        return value(calls().send("PATCH", V3, "roles/update", body, RoleSingle.class, Repeat.safe())
                .role());
    }

    @Override
    public boolean delete(long id) {
        return calls().remove("DELETE", V3, "roles/delete", new AdminWire.RoleId(id));
    }

    @Override
    public Role allow(long id, Resource resource, Permission permission) {
        try {
            calls().send(
                            "POST",
                            V3,
                            "roles/permissions/add",
                            new AdminWire.RoleGrant(id, resource.type(), resource.id(), permission.value()));
        } catch (ConflictException e) {
            update(calls, find(id, resource).orElseThrow(() -> e), permission.value());
        }
        return get(id);
    }

    private Optional<GrantBody> find(long id, Resource resource) {
        return list(body(id).permissions()).stream()
                .filter(g -> resource.equals(resource(g)))
                .findFirst();
    }

    @Override
    public boolean disallow(long id, Resource resource) {
        return find(id, resource)
                .filter(g -> calls.remove(
                        "DELETE",
                        V3,
                        "roles/permissions/remove",
                        new AdminWire.GrantId(Objects.requireNonNull(g.id()))))
                .isPresent();
    }

    @Override
    public boolean assign(long id, String user) {
        try {
            calls().send("POST", V3, "roles/assign", new AdminWire.RoleUser(id, user));
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }

    @Override
    public boolean unassign(long id, String user) {
        return calls().remove("DELETE", V3, "roles/unassign", new AdminWire.RoleUser(id, user));
    }

    @Override
    public List<Role> of(String user) {
        return values(bodies(calls(), user));
    }

    static List<RoleBody> bodies(AdminCalls calls, String user) {
        return list(calls.get(V3, "users/roles/list", AdminWire.RoleList.class, q -> q.query("username", user))
                .roles());
    }

    static void update(AdminCalls calls, GrantBody grant, String permission) {
        calls.send(
                "PATCH",
                V3,
                "roles/permissions/update",
                new AdminWire.GrantUpdate(Objects.requireNonNull(grant.id()), permission));
    }

    static boolean isOfOneUser(String role) {
        return OF_ONE_USER.matcher(role).matches();
    }

    static Resource resource(GrantBody wire) {
        return new Resource(wire.resourceType(), wire.resourcePattern());
    }

    static Grant grant(GrantBody wire) {
        return new Grant(resource(wire), Permission.of(wire.permission()));
    }

    static <T> List<T> list(@Nullable List<T> wire) {
        return wire == null ? List.of() : wire;
    }

    private static List<Role> values(List<RoleBody> wire) {
        return wire.stream()
                .filter(role -> !isOfOneUser(role.name()))
                .map(DefaultRoles::value)
                .toList();
    }

    private static Role value(RoleBody wire) {
        return new Role(
                wire.id(),
                wire.name(),
                Objects.requireNonNullElse(wire.workspace(), Workspace.DEFAULT),
                Objects.requireNonNullElse(wire.description(), ""),
                list(wire.permissions()).stream().map(DefaultRoles::grant).toList());
    }
}
