package dev.fairlead.airflow.dag;

import java.time.Instant;

/**
 * Is one state of a DAG's file that its place remembers.
 *
 * @param version the place's name of it, such as a commit
 * @param at when it was written
 * @param author who wrote it
 * @param message what was said of it, in one line
 */
public record DagFileVersion(String version, Instant at, String author, String message) {}
