package dev.fairlead.airflow.admin;

/**
 * Tells what the server found when it tried a connection.
 *
 * @param works whether it works
 * @param message what the server says of it
 */
public record ConnectionTest(boolean works, String message) {}
