package dev.fairlead.airflow.admin;

/**
 * Is a plugin that the server could not load.
 *
 * @param source where it came from
 * @param error what went wrong
 */
public record PluginProblem(String source, String error) {}
