package dev.fairlead.mlflow;

import java.time.Instant;

/**
 * Holds one value of one metric. Two that agree in everything are one row on the server, however often they are sent.
 *
 * @param key the metric's name
 * @param value the value; not-a-number is kept, infinities are stored as the largest double
 * @param timestamp when it was measured, to the millisecond
 * @param step the step it belongs to; may be negative
 */
public record Metric(String key, double value, Instant timestamp, long step) {}
