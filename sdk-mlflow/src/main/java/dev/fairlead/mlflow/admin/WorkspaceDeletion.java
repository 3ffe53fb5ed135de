package dev.fairlead.mlflow.admin;

/** Says what becomes of what a workspace holds when it is deleted. */
public enum WorkspaceDeletion {
    /** Refuse to delete a workspace that holds anything. */
    RESTRICT,
    /** Move what it holds to the default workspace. */
    SET_DEFAULT,
    /** Delete what it holds too, for good. */
    CASCADE
}
