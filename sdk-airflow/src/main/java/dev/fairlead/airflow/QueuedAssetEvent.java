package dev.fairlead.airflow;

import java.time.Instant;

/**
 * Is an update that waits for others before it starts a run.
 *
 * @param dagId the DAG it waits in
 * @param asset the asset: its number, or the URI of a dataset of Airflow 2
 * @param at when it was
 */
public record QueuedAssetEvent(String dagId, String asset, Instant at) {}
