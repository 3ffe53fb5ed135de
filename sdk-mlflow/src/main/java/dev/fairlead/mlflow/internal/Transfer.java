package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.TransferOptions;
import dev.fairlead.spi.Reply;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One transfer of one or many files.
 *
 * @param options how
 * @param progress counts it
 * @param coming the answers that are being read
 */
record Transfer(TransferOptions options, Progress progress, Set<Reply> coming) {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final long STORED_IN_A_SECOND = 4L << 20;

    static Transfer of(TransferOptions options, int files, long bytes) {
        return new Transfer(
                options, new Progress(options.listener().orElse(null), files, bytes), ConcurrentHashMap.newKeySet());
    }

    /** Does the work for each item, a number of them at a time. */
    <T> void each(Collection<T> items, Consumer<T> work) {
        Transfers.each(options.parallelism(), items, work, () -> coming.forEach(Reply::cancel));
    }

    /** Returns the idle limit of a call to the store itself. */
    @Nullable
    Duration idle() {
        return options.idleLimit().orElse(null);
    }

    /** Returns the idle limit of a call to a server that may have to move the file on, or fetch it, before it answers. */
    @Nullable
    Duration idle(long size) {
        long more = Math.max(size, 0) / STORED_IN_A_SECOND;
        return more == 0 ? idle() : options.idleLimit().orElse(IDLE).plusSeconds(more);
    }
}
