package dev.fairlead.mlflow.admin;

/**
 * Holds one permission on one thing.
 *
 * @param resource on what
 * @param permission how much
 */
public record Grant(Resource resource, Permission permission) {}
