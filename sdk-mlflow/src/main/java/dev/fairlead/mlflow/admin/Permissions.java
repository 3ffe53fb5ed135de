package dev.fairlead.mlflow.admin;

import java.util.List;
import java.util.Optional;

/**
 * Lets users do things, and no longer. Immutable and thread-safe. MLflow 2 knows experiments and registered models only; another resource
 * there throws {@link dev.fairlead.error.UnsupportedByServerException} before anything is sent.
 */
public interface Permissions {
    /**
     * Gives a user a permission on a resource, in place of the one given before. The server does not check that the resource exists.
     *
     * @throws dev.fairlead.error.NotFoundException if there is no such user
     * @throws dev.fairlead.error.PermissionException if the caller may not manage the resource
     */
    void grant(String user, Resource resource, Permission permission);

    /** Takes back what was given; the server's default permission holds then. Returns whether anything had been given. */
    boolean revoke(String user, Resource resource);

    /** Finds what was given to a user on this very resource. */
    default Optional<Permission> find(String user, Resource resource) {
        return list(user).stream()
                .filter(g -> g.resource().equals(resource))
                .map(Grant::permission)
                .findFirst();
    }

    /** Lists what was given to a user, roles aside. */
    List<Grant> list(String user);

    /** Asks what a user may do with a resource in effect: roles, defaults and being an administrator counted in; needs MLflow 3. */
    Permission effective(String user, Resource resource);
}
