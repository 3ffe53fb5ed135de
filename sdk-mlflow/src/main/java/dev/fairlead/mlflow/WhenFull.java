package dev.fairlead.mlflow;

/** Says what a {@link MetricLogger} does with a value for which its buffer has no room. */
public enum WhenFull {
    /** Lets the logging thread wait until the server has taken older ones. */
    BLOCK,
    /** Forgets the oldest ones that are not on their way, without waiting; {@link MetricStats#dropped()} counts them. */
    DROP_OLDEST,
    /** Throws {@link MetricBufferFullException}, without waiting. */
    FAIL
}
