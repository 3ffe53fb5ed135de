package dev.fairlead.mlflow;

/**
 * Is told how transfers go on, from the threads that transfer, at most once for each MiB and at the end of each file. What it throws is
 * ignored. Must be thread-safe and quick.
 */
@FunctionalInterface
public interface TransferListener {
    /** Is told how far it is. */
    void onProgress(TransferProgress progress);
}
