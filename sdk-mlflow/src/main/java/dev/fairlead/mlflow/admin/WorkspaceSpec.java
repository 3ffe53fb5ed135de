package dev.fairlead.mlflow.admin;

import java.net.URI;
import java.util.Optional;

/** Describes a workspace to be made, or what is to change in one: what is not set stays as it is. */
public interface WorkspaceSpec {
    /** Returns what it is for. */
    Optional<String> description();

    /** Returns below which address its artifacts are kept. */
    Optional<URI> artifactRoot();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableWorkspaceSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets what it is for. */
        Builder description(String text);

        /** Sets below which address its artifacts are kept; absolute, such as {@code s3://bucket/team}. */
        Builder artifactRoot(URI root);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        WorkspaceSpec build();
    }
}
