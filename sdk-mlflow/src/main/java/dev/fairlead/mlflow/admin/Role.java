package dev.fairlead.mlflow.admin;

import java.util.List;

/**
 * Holds what a server tells of a role: permissions under one name.
 *
 * @param id the server's number of it
 * @param name the name, unique in its workspace
 * @param workspace the workspace it is about
 * @param description what it is for; empty where it has none
 * @param grants what it allows
 */
public record Role(long id, String name, String workspace, String description, List<Grant> grants) {
    /** Copies the grants. */
    public Role {
        grants = List.copyOf(grants);
    }
}
