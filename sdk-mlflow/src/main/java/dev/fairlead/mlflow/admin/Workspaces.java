package dev.fairlead.mlflow.admin;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes and finds workspaces, into which a server separates experiments, runs and models. Immutable and thread-safe. To work in one, use
 * {@link dev.fairlead.mlflow.MlflowClient#workspace}.
 *
 * <p>On a server without them each call throws {@link dev.fairlead.error.UnsupportedByServerException} before anything is sent.
 */
public interface Workspaces {
    /** Lists the workspaces the caller may see. */
    List<Workspace> list();

    /**
     * Reads a workspace.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Workspace get(String name);

    /** Finds a workspace. */
    Optional<Workspace> find(String name);

    /** Returns the workspace of this name, and makes it where there is none. See {@link #ensure(String, Consumer)}. */
    default Workspace ensure(String name) {
        return ensure(name, spec -> {});
    }

    /**
     * Returns the workspace of this name, and makes it where there is none. Any number of threads and processes may ask at once. One that
     * exists stays as it is.
     */
    Workspace ensure(String name, Consumer<WorkspaceSpec.Builder> spec);

    /**
     * Makes a workspace.
     *
     * <p>When the answer is lost it is looked for by its name, which somebody else may have taken in that moment: then theirs is returned.
     *
     * @param name 2 to 63 small letters, digits and inner hyphens
     * @throws dev.fairlead.error.ConflictException if the name is taken
     * @throws dev.fairlead.error.InvalidValueException if the name is not allowed
     */
    Workspace create(String name, Consumer<WorkspaceSpec.Builder> spec);

    /** Changes what the description sets, at least one thing, and leaves the rest. */
    Workspace update(String name, Consumer<WorkspaceSpec.Builder> spec);

    /**
     * Deletes an empty workspace. Returns whether it was there.
     *
     * @throws dev.fairlead.error.ConflictException if it holds anything
     */
    default boolean delete(String name) {
        return delete(name, WorkspaceDeletion.RESTRICT);
    }

    /** Deletes a workspace, and does with what it holds as told. Returns whether it was there. */
    boolean delete(String name, WorkspaceDeletion contents);
}
