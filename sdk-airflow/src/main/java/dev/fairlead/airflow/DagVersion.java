package dev.fairlead.airflow;

import java.time.Instant;
import java.util.Optional;

/**
 * Is one version of a DAG that the server remembers. A new one is made when a DAG changes after a run of the one before; a version that no run has
 * used is replaced by the next.
 *
 * @param dagId the DAG
 * @param number the server's number of it, counted from 1
 * @param createdAt when it was first seen
 * @param bundle the bundle of DAGs its file came from; empty where the server does not say
 * @param bundleVersion the bundle's version, a commit where it is a git repository; empty where the bundle keeps none
 */
public record DagVersion(String dagId, int number, Instant createdAt, String bundle, Optional<String> bundleVersion) {}
