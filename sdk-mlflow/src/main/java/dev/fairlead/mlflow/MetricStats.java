package dev.fairlead.mlflow;

/**
 * Counts what became of the values given to a {@link MetricLogger}.
 *
 * @param recorded all that were taken, those found in the spool included
 * @param delivered those the server has confirmed
 * @param waiting those in the buffer or on their way
 * @param undelivered those given up and not taken back yet, see {@link MetricLogger#takeUndelivered()}
 * @param dropped those that {@link WhenFull#DROP_OLDEST} forgot
 */
public record MetricStats(long recorded, long delivered, int waiting, int undelivered, long dropped) {}
