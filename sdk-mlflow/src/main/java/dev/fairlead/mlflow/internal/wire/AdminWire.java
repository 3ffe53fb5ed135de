package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workspaces, users, permissions and roles on the wire. */
public final class AdminWire {
    private AdminWire() {}

    /** A workspace, and what is to change in one. */
    public record WorkspaceBody(
            @Nullable String name,
            @Nullable String description,
            @Nullable String defaultArtifactRoot) {}

    /** An answer that holds one workspace. */
    public record WorkspaceSingle(WorkspaceBody workspace) {}

    /** All workspaces. */
    public record WorkspaceList(@Nullable List<WorkspaceBody> workspaces) {}

    /** A name with a password. */
    public record Login(
            String username, String password, @Nullable String currentPassword) {
        @Override
        public String toString() {
            return "Login[" + username + ", ***]";
        }
    }

    /** Names a user. */
    public record Username(String username) {}

    /** Sets whether a user is an administrator. */
    public record SetAdmin(String username, boolean isAdmin) {}

    /** A user; MLflow 2 tells its permissions with it. */
    public record UserBody(
            long id,
            String username,
            @Nullable Boolean isAdmin,
            @Nullable List<OldGrant> experimentPermissions,
            @Nullable List<OldGrant> registeredModelPermissions) {}

    /** An answer that holds one user. */
    public record UserSingle(UserBody user) {}

    /** All users. */
    public record UserList(@Nullable List<UserBody> users) {}

    /** A permission of MLflow 2, on an experiment or a registered model. */
    public record OldGrant(
            @Nullable String experimentId,
            @Nullable String name,
            @Nullable String username,
            @Nullable String permission) {}

    /** A permission of a user on a resource, to be given or taken back. */
    public record UserGrant(
            String username,
            String resourceType,
            String resourceId,
            @Nullable String permission) {}

    /** A permission as the server tells it. */
    public record GrantBody(
            @Nullable Long id,
            @Nullable String roleName,
            String resourceType,
            String resourcePattern,
            String permission) {}

    /** All permissions of a user. */
    public record GrantList(@Nullable List<GrantBody> permissions) {}

    /** What a user may do in effect. */
    public record Effective(String permission) {}

    /** A role. */
    public record RoleBody(
            long id,
            String name,
            @Nullable String workspace,
            @Nullable String description,
            @Nullable List<GrantBody> permissions) {}

    /** An answer that holds one role. */
    public record RoleSingle(RoleBody role) {}

    /** Several roles. */
    public record RoleList(@Nullable List<RoleBody> roles) {}

    /** Asks for a role. */
    public record RoleCreate(
            String workspace, String name, @Nullable String description) {}

    /** Changes a role. */
    public record RoleUpdate(
            long roleId, @Nullable String name, @Nullable String description) {}

    /** Names a role. */
    public record RoleId(long roleId) {}

    /** Names a role and a user. */
    public record RoleUser(long roleId, String username) {}

    /** Adds a permission to a role. */
    public record RoleGrant(long roleId, String resourceType, String resourcePattern, String permission) {}

    /** Changes a permission of a role. */
    public record GrantUpdate(long rolePermissionId, String permission) {}

    /** Names a permission of a role. */
    public record GrantId(long rolePermissionId) {}
}
