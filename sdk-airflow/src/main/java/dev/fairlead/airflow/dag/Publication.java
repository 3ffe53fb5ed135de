package dev.fairlead.airflow.dag;

import java.util.Optional;

/**
 * Tells what became of a DAG's file at its place.
 *
 * @param changed whether the file was written; false where the same file stood there
 * @param version the place's own name of the state that holds the file, such as a commit; empty where it keeps none
 */
public record Publication(boolean changed, Optional<String> version) {}
