package dev.fairlead.mlflow;

/** Is told of values that a {@link MetricLogger} has given up. */
@FunctionalInterface
public interface MetricFailureListener {
    /** Handles a failure, on the sending thread; what it throws is ignored. */
    void undelivered(MetricsUndeliveredException failure);
}
