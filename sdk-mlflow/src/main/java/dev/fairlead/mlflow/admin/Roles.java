package dev.fairlead.mlflow.admin;

import java.util.List;

/**
 * Makes roles and gives them to users. Immutable and thread-safe. Needs MLflow 3; on MLflow 2 each call throws
 * {@link dev.fairlead.error.UnsupportedByServerException} before anything is sent.
 */
public interface Roles {
    /**
     * Makes a role.
     *
     * @param workspace the workspace it is about; {@link Workspace#DEFAULT} on a server without workspaces
     * @param description what it is for; may be empty
     * @throws dev.fairlead.error.ConflictException if the workspace has one of this name
     */
    Role create(String workspace, String name, String description);

    /**
     * Reads a role.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Role get(long id);

    /** Lists the roles of all workspaces; for administrators. The server's own roles, one for each user, are left out. */
    List<Role> list();

    /** Lists the roles of a workspace. The server's own roles, one for each user, are left out. */
    List<Role> list(String workspace);

    /** Renames a role. */
    Role rename(long id, String name);

    /** Sets what a role is for. */
    Role describe(long id, String description);

    /** Deletes a role; whoever had it has it no longer. Returns whether it was there. */
    boolean delete(long id);

    /** Lets a role's holders do something with a resource, in place of what they could before. */
    Role allow(long id, Resource resource, Permission permission);

    /** Takes back what {@link #allow} gave. Returns whether the role had it. */
    boolean disallow(long id, Resource resource);

    /** Gives a role to a user. Returns whether the user did not have it before. */
    boolean assign(long id, String user);

    /** Takes a role from a user. Returns whether the user had it. */
    boolean unassign(long id, String user);

    /** Lists the roles of a user. The server's own role for it is left out. */
    List<Role> of(String user);
}
