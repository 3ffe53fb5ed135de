package dev.fairlead.mlflow.internal.admin;

import static dev.fairlead.mlflow.internal.admin.AdminCalls.V2;
import static dev.fairlead.mlflow.internal.admin.AdminCalls.V3;

import dev.fairlead.error.ConflictException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.mlflow.admin.Grant;
import dev.fairlead.mlflow.admin.Permission;
import dev.fairlead.mlflow.admin.Permissions;
import dev.fairlead.mlflow.admin.Resource;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.wire.AdminWire;
import dev.fairlead.mlflow.internal.wire.AdminWire.GrantBody;
import dev.fairlead.mlflow.internal.wire.AdminWire.OldGrant;
import dev.fairlead.mlflow.internal.wire.AdminWire.UserBody;
import dev.fairlead.mlflow.internal.wire.AdminWire.UserGrant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Permissions on the server. Current servers keep them in a role of each user and speak of users and resources; older ones have a table for
 * experiments and one for registered models.
 */
public final class DefaultPermissions implements Permissions {
    /** The first version seen with permissions for any resource. */
    private static final int[] UNIFIED = {3, 13};

    private static final String EXPERIMENT = "experiment";
    private static final String MODEL = "registered_model";

    private final Api api;
    private final AdminCalls calls;

    /** Creates the area. */
    public DefaultPermissions(Api api) {
        this.api = api;
        this.calls = new AdminCalls(api);
    }

    private boolean unified() {
        return api.atLeast(UNIFIED[0], UNIFIED[1]);
    }

    @Override
    public void grant(String user, Resource resource, Permission permission) {
        if (!unified()) {
            grantOld(user, resource, permission);
            return;
        }
        UserGrant grant = new UserGrant(user, resource.type(), resource.id(), permission.value());
        try {
            calls.send("POST", V3, "users/permissions/grant", grant);
        } catch (ConflictException e) {
            replace(user, resource, grant, e);
        }
    }

    /** The server refuses a second grant: the first one is changed where it is kept, in one step. */
    private void replace(String user, Resource resource, UserGrant grant, ConflictException taken) {
        String permission = Objects.requireNonNull(grant.permission());
        try {
            GrantBody there = DefaultRoles.bodies(calls, user).stream()
                    .filter(role -> DefaultRoles.isOfOneUser(role.name()))
                    .flatMap(role -> DefaultRoles.list(role.permissions()).stream())
                    .filter(g -> resource.equals(DefaultRoles.resource(g)))
                    .findFirst()
                    .orElseThrow(() -> taken);
            if (!permission.equals(there.permission())) {
                DefaultRoles.update(calls, there, permission);
            }
        } catch (PermissionException e) {
            // who manages the resource alone may not touch roles
            revoke(user, resource);
            calls.send("POST", V3, "users/permissions/grant", grant);
        }
    }

    private void grantOld(String user, Resource resource, Permission permission) {
        String area = area(resource);
        OldGrant grant = old(user, resource, permission);
        try {
            calls.send("POST", V2, area + "/permissions/create", grant);
        } catch (ConflictException e) {
            calls.send("PATCH", V2, area + "/permissions/update", grant);
        }
    }

    private static OldGrant old(String user, Resource resource, @Nullable Permission permission) {
        boolean model = resource.type().equals(MODEL);
        return new OldGrant(
                model ? null : resource.id(),
                model ? resource.id() : null,
                user,
                permission == null ? null : permission.value());
    }

    /** Returns the route of a kind of resource; older servers have two. */
    private String area(Resource resource) {
        boolean known = (resource.type().equals(EXPERIMENT) || resource.type().equals(MODEL))
                && !resource.equals(Resource.all(resource.type()));
        if (!known) {
            api.require("permissions on " + resource, UNIFIED[0] + "." + UNIFIED[1]);
        }
        return resource.type().equals(MODEL) ? "registered-models" : "experiments";
    }

    @Override
    public boolean revoke(String user, Resource resource) {
        return unified()
                ? calls.remove(
                        "POST",
                        V3,
                        "users/permissions/revoke",
                        new UserGrant(user, resource.type(), resource.id(), null))
                : calls.remove("DELETE", V2, area(resource) + "/permissions/delete", old(user, resource, null));
    }

    @Override
    public List<Grant> list(String user) {
        return unified() ? listUnified(user) : listOld(DefaultUsers.read(calls, user));
    }

    private List<Grant> listUnified(String user) {
        List<GrantBody> all = DefaultRoles.list(
                calls.get(V3, "users/permissions/list", AdminWire.GrantList.class, q -> q.query("username", user))
                        .permissions());
        return all.stream()
                .filter(g -> DefaultRoles.isOfOneUser(Objects.requireNonNullElse(g.roleName(), "")))
                .map(DefaultRoles::grant)
                .toList();
    }

    private static List<Grant> listOld(UserBody user) {
        return Stream.concat(
                        DefaultRoles.list(user.experimentPermissions()).stream()
                                .map(g -> old(EXPERIMENT, g.experimentId(), g)),
                        DefaultRoles.list(user.registeredModelPermissions()).stream()
                                .map(g -> old(MODEL, g.name(), g)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Grant> old(String type, @Nullable String id, OldGrant grant) {
        String permission = grant.permission();
        return id == null || permission == null
                ? Optional.empty()
                : Optional.of(new Grant(new Resource(type, id), Permission.of(permission)));
    }

    @Override
    public Permission effective(String user, Resource resource) {
        api.require("telling a user's effective permission", UNIFIED[0] + "." + UNIFIED[1]);
        return Permission.of(calls.get(
                        V3,
                        "users/permissions/get",
                        AdminWire.Effective.class,
                        q -> q.query("username", user)
                                .query("resource_type", resource.type())
                                .query("resource_id", resource.id()))
                .permission());
    }
}
