package dev.fairlead.mlflow.internal;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.OperationInterruptedException;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.MetricBufferFullException;
import dev.fairlead.mlflow.MetricOptions;
import dev.fairlead.mlflow.MetricStats;
import dev.fairlead.mlflow.MetricsUndeliveredException;
import dev.fairlead.mlflow.WhenFull;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The values of one run between their recording and the server's word that it has them, in order and bounded. What was given up keeps its
 * place in the bound, so that nothing is lost without somebody hearing of it.
 */
final class MetricQueue {
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final String runId;
    private final MetricOptions options;
    private final Clock clock;
    private final @Nullable Spool spool;
    private final Runnable startSender;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Deque<MetricBatch> waiting = new ArrayDeque<>();
    private final Deque<MetricBatch> givenUp = new ArrayDeque<>();
    private @Nullable MetricBatch flying;
    private @Nullable MetricsUndeliveredException lastFailure;
    private int held;
    private long recorded;
    private long delivered;
    private long dropped;
    private boolean sending;
    private boolean closed;
    private volatile boolean stopped;

    /** Creates a queue; {@code startSender} is called whenever there is something to send and nobody who does. */
    MetricQueue(String runId, MetricOptions options, Clock clock, @Nullable Spool spool, Runnable startSender) {
        this.runId = runId;
        this.options = options;
        this.clock = clock;
        this.spool = spool;
        this.startSender = startSender;
    }

    /** Takes up what an earlier process left in the spool. */
    void recover(List<Spool.Found> found) {
        lock.lock();
        try {
            for (Spool.Found part : found) {
                MetricBatch batch = new MetricBatch(part.points(), part.sequence(), clock.instant());
                batch.sealed = true;
                waiting.addLast(batch);
                held += batch.size();
                recorded += batch.size();
                wakeSender();
            }
        } finally {
            lock.unlock();
        }
    }

    void add(Points points) {
        lock.lock();
        try {
            requireOpen();
            int room = options.bufferSize() - held;
            if (options.whenFull() == WhenFull.FAIL && points.size() > room) {
                throw new MetricBufferFullException("mlflow run " + runId + ": " + points.size()
                        + " metric values were not recorded, for the buffer of " + options.bufferSize()
                        + " has room for "
                        + Math.max(0, room) + "; log them later, or choose a larger buffer or WhenFull.BLOCK");
            }
            int at = 0;
            while (at < points.size()) {
                int count = Math.min(room(points.size() - at), points.size() - at);
                append(points, at, count);
                at += count;
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ConfigurationException("the metric logger of run " + runId
                    + " is closed, and takes no more values; ask the run for another");
        }
    }

    /** Returns for how many there is room, at least one; waits or drops as the options say. */
    private int room(int wanted) {
        if (options.whenFull() == WhenFull.DROP_OLDEST) {
            dropOldest(Math.min(wanted, options.bufferSize() / 2) - (options.bufferSize() - held));
        }
        while (held >= options.bufferSize()) {
            if (waiting.isEmpty() && flying == null) {
                throw undelivered(List.copyOf(givenUp), "the buffer is full of values that were given up", null);
            }
            try {
                settled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException(
                        "interrupted while waiting for room in the buffer of run " + runId, runId, "");
            }
            requireOpen();
        }
        return options.bufferSize() - held;
    }

    /** Drops values, oldest first, but for those on their way. */
    private void dropOldest(int count) {
        int left = count;
        for (Deque<MetricBatch> from : List.of(givenUp, waiting)) {
            while (left > 0 && !from.isEmpty()) {
                MetricBatch batch = from.getFirst();
                int now = Math.min(left, batch.size());
                acknowledge(batch.sequence, now);
                batch.drop(now);
                held -= now;
                dropped += now;
                left -= now;
                if (batch.size() == 0) {
                    from.removeFirst();
                    batch.done.complete(null);
                }
            }
        }
    }

    private void append(Points points, int first, int count) {
        int at = first;
        while (at < first + count) {
            MetricBatch last = waiting.peekLast();
            boolean opens = last == null || last.sealed;
            int now = Math.min(first + count - at, options.flushSize() - (opens ? 0 : last.size()));
            long sequence = spool == null ? 0 : spool.append(points, at, now);
            if (!opens && spool != null && sequence != last.sequence + last.size()) {
                last.sealed = true; // a failed write between them left a number out
                opens = true;
            }
            MetricBatch batch = opens ? new MetricBatch(new PointBuffer(), sequence, clock.instant()) : last;
            batch.points.add(points, at, now);
            batch.sealed = batch.size() == options.flushSize();
            held += now;
            recorded += now;
            at += now;
            if (opens) {
                waiting.addLast(batch);
            }
            if (opens || batch.sealed) {
                wakeSender();
            }
        }
    }

    private void wakeSender() {
        if (sending) {
            work.signal();
        } else {
            sending = true;
            startSender.run();
        }
    }

    /** Waits for the next batch that is due; returns {@code null} when the sender may end. */
    @Nullable
    MetricBatch take() {
        lock.lock();
        try {
            while (!stopped) {
                MetricBatch head = waiting.peekFirst();
                if (head == null) {
                    if (closed || (work.awaitNanos(IDLE.toNanos()) <= 0 && waiting.isEmpty())) {
                        break;
                    }
                    continue;
                }
                long wait = head.sealed || closed
                        ? 0
                        : options.flushInterval().toNanos() - (System.nanoTime() - head.openedNanos);
                if (wait <= 0) {
                    head.sealed = true;
                    waiting.removeFirst();
                    flying = head;
                    return head;
                }
                var unused = work.awaitNanos(wait);
            }
        } catch (InterruptedException e) {
            stopped = true; // only closing interrupts the sender
        } finally {
            sending = flying != null;
            lock.unlock();
        }
        return null;
    }

    /** Notes that the server has the batch. */
    void delivered(MetricBatch batch) {
        lock.lock();
        try {
            flying = null;
            held -= batch.size();
            delivered += batch.size();
            acknowledge(batch.sequence, batch.size());
            settled.signalAll();
        } finally {
            lock.unlock();
        }
        batch.done.complete(null);
    }

    /** Notes that the batch is no longer tried. */
    void gaveUp(MetricBatch batch, String why, @Nullable Throwable cause) {
        MetricsUndeliveredException failure;
        lock.lock();
        try {
            flying = null;
            givenUp.addLast(batch);
            failure = undelivered(List.of(batch), why, cause);
            lastFailure = failure;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
        batch.done.completeExceptionally(failure);
        options.failureListener().ifPresent(listener -> MetricSender.tell(listener, failure));
    }

    private MetricsUndeliveredException undelivered(List<MetricBatch> batches, String why, @Nullable Throwable cause) {
        List<Metric> points =
                batches.stream().flatMap(b -> b.points.toList().stream()).toList();
        return new MetricsUndeliveredException(runId, points, why, spool == null ? null : spool.folder(), cause);
    }

    private void acknowledge(long sequence, int count) {
        if (spool != null) {
            spool.acknowledge(sequence, count);
        }
    }

    /** Lets everything recorded until now be sent at once; returns what tells the end of each batch, those given up among them. */
    List<CompletableFuture<Void>> flush() {
        lock.lock();
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            givenUp.forEach(batch -> all.add(batch.done));
            if (flying != null) {
                all.add(flying.done);
            }
            waiting.forEach(batch -> all.add(batch.done));
            if (!waiting.isEmpty()) {
                waiting.getLast().sealed = true;
                work.signal();
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more values, and waits until all are settled; returns whether they are. */
    boolean close(Duration limit) {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            settled.signalAll();
            long left = limit.toNanos();
            while (left > 0 && (flying != null || !waiting.isEmpty())) {
                left = settled.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
            work.signalAll();
            lock.unlock();
        }
        return settledAll();
    }

    private boolean settledAll() {
        lock.lock();
        try {
            return flying == null && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Ends what is left of a closed queue; returns what was not delivered, if anything. */
    @Nullable
    MetricsUndeliveredException leftOver(Duration limit, @Nullable Throwable trouble) {
        List<MetricBatch> open = new ArrayList<>();
        MetricsUndeliveredException failure;
        lock.lock();
        try {
            if (flying != null) {
                open.add(flying);
                flying = null;
            }
            open.addAll(waiting);
            waiting.clear();
            givenUp.addAll(open);
            if (givenUp.isEmpty()) {
                return null;
            }
            MetricsUndeliveredException last = lastFailure;
            failure = open.isEmpty() && last != null
                    ? undelivered(List.copyOf(givenUp), last.why(), last.getCause())
                    : undelivered(List.copyOf(givenUp), tooLate(limit, trouble), trouble);
        } finally {
            lock.unlock();
        }
        open.forEach(batch -> batch.done.completeExceptionally(failure));
        return failure;
    }

    private static String tooLate(Duration limit, @Nullable Throwable trouble) {
        return "closing ended after " + limit.toMillis() / 1000.0 + " s"
                + (trouble == null ? "" : ", while the server did not take them: " + trouble.getMessage());
    }

    List<Metric> takeGivenUp() {
        lock.lock();
        try {
            List<Metric> points =
                    givenUp.stream().flatMap(b -> b.points.toList().stream()).toList();
            held -= points.size();
            givenUp.clear();
            settled.signalAll();
            return points;
        } finally {
            lock.unlock();
        }
    }

    MetricStats stats() {
        lock.lock();
        try {
            int lost = givenUp.stream().mapToInt(MetricBatch::size).sum();
            return new MetricStats(recorded, delivered, held - lost, lost, dropped);
        } finally {
            lock.unlock();
        }
    }

    boolean stopped() {
        return stopped;
    }

    boolean hasSpool() {
        return spool != null;
    }

    String runId() {
        return runId;
    }
}
