package dev.fairlead.airflow;

/**
 * Is what keeps a task of a run from being started.
 *
 * @param name Airflow's name of the rule
 * @param reason what the rule says
 */
public record TaskBlocker(String name, String reason) {}
