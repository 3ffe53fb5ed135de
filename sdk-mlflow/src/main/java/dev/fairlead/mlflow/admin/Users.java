package dev.fairlead.mlflow.admin;

import java.util.List;
import java.util.Optional;

/**
 * Makes and finds the users of a server that was started with {@code --app-name basic-auth}. Immutable and thread-safe. Passwords and their
 * hashes are in no message, also where the server's own error carries one.
 */
public interface Users {
    /**
     * Makes a user. When the answer is lost, {@link dev.fairlead.error.TransportException} says so and nothing is sent again; {@link #find}
     * shows whether it was made.
     *
     * @param password at least 12 characters
     * @throws dev.fairlead.error.ConflictException if the name is taken
     * @throws dev.fairlead.error.PermissionException if the caller is no administrator
     */
    User create(String name, String password);

    /**
     * Reads a user.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    User get(String name);

    /** Finds a user. */
    Optional<User> find(String name);

    /** Lists all users; needs MLflow 3.10. */
    List<User> list();

    /** Sets another user's password, at least 12 characters; for administrators. */
    void setPassword(String name, String password);

    /** Changes the caller's own password, at least 12 characters; needs MLflow 3.13. */
    void changePassword(String name, String current, String password);

    /** Sets whether a user may do everything. */
    void setAdmin(String name, boolean admin);

    /** Deletes a user with all its permissions. Returns whether it was there. */
    boolean delete(String name);
}
