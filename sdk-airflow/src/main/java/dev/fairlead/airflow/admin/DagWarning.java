package dev.fairlead.airflow.admin;

import java.time.Instant;

/**
 * Is something the server found odd about a DAG that it nevertheless runs.
 *
 * @param dagId the DAG
 * @param type the kind, such as {@code non-existent pool}
 * @param message what it says
 * @param at when it was found
 */
public record DagWarning(String dagId, String type, String message, Instant at) {}
