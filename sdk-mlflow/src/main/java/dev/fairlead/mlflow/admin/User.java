package dev.fairlead.mlflow.admin;

/**
 * Holds what a server tells of a user.
 *
 * @param id the server's number of it
 * @param name the name to log in with
 * @param admin whether it may do everything
 */
public record User(long id, String name, boolean admin) {}
