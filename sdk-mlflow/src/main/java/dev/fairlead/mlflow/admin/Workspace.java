package dev.fairlead.mlflow.admin;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a server tells of a workspace.
 *
 * @param name the name
 * @param description what it is for; empty where it has none
 * @param root below which address its artifacts are kept, or {@code null} where the server decides
 */
public record Workspace(
        String name, String description, @Nullable URI root) {
    /** Is the name of the workspace that is there from the start. */
    public static final String DEFAULT = "default";

    /** Returns below which address its artifacts are kept; empty where the server decides. */
    public Optional<URI> artifactRoot() {
        return Optional.ofNullable(root);
    }
}
