package dev.fairlead.mlflow.internal;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What one call will log, while it fills, waits and flies. The queue's lock guards it, but for what never changes. */
final class MetricBatch {
    final PointBuffer points;
    final CompletableFuture<Void> done = new CompletableFuture<>();
    /** When its first value was recorded. */
    final Instant recorded;

    final long openedNanos = System.nanoTime();
    /** The place of its first value in the spool; those of the others follow. */
    long sequence;
    /** No longer takes values. */
    boolean sealed;

    MetricBatch(PointBuffer points, long sequence, Instant recorded) {
        this.points = points;
        this.sequence = sequence;
        this.recorded = recorded;
    }

    int size() {
        return points.size();
    }

    /** Forgets the oldest values. */
    void drop(int count) {
        points.drop(count);
        sequence += count;
    }
}
