package dev.fairlead.mlflow;

import java.time.Duration;
import java.util.Optional;

/** Says how artifacts are transferred. */
public interface TransferOptions {
    /** Returns how many files, or parts of a large file, are under way at a time; 8 by default. */
    int parallelism();

    /**
     * Returns from which size on a file is transferred in parts, straight to or from the store, where the server offers that; 64 MiB by
     * default.
     */
    long multipartThreshold();

    /** Returns the size of a part in bytes; 16 MiB by default, at least 5 MiB. A file of more than 10,000 parts gets larger ones. */
    long partSize();

    /**
     * Returns how long a transfer may pass without a byte; the platform's limit by default, which is 30 s. A server that keeps its files in
     * another store is silent while it moves a file on or fetches it: for each 4 MiB of a file it is given another second.
     */
    Optional<Duration> idleLimit();

    /** Returns what is done with files that are there already; they are transferred again by default. */
    WhenSame whenSame();

    /** Returns how many bytes {@link Artifacts#bytes} and {@link Artifacts#text} take into memory; 1 GiB by default. */
    int maxInMemory();

    /** Returns who is told of the progress. */
    Optional<TransferListener> listener();

    /** Starts options. */
    static Builder builder() {
        return ImmutableTransferOptions.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds options. Not thread-safe. */
    interface Builder {
        /** Sets how many files, or parts of a large file, are under way at a time, from 1 to 64. */
        Builder parallelism(int atOnce);

        /** Sets from which size in bytes on a file is transferred in parts. */
        Builder multipartThreshold(long bytes);

        /** Sets the size of a part in bytes, at least 5 MiB. */
        Builder partSize(long bytes);

        /** Sets how long a transfer may pass without a byte. */
        Builder idleLimit(Duration limit);

        /** Sets what is done with files that are there already. */
        Builder whenSame(WhenSame whenSame);

        /** Sets how many bytes may be taken into memory. */
        Builder maxInMemory(int bytes);

        /** Sets who is told of the progress. */
        Builder listener(TransferListener listener);

        /** Makes the options, or throws {@link dev.fairlead.error.InvalidValueException}. */
        TransferOptions build();
    }
}
