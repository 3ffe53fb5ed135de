package dev.fairlead.mlflow;

/**
 * Tells how far a transfer is.
 *
 * @param path the artifact that moved on last
 * @param files how many files are done, skipped ones included
 * @param allFiles how many files there are to do
 * @param bytes how many bytes are done, without those of skipped files; bytes that are sent again count once
 * @param allBytes how many bytes there are to do, skipped files included; at least {@code bytes}, for lengths that are not known before
 */
public record TransferProgress(String path, int files, int allFiles, long bytes, long allBytes) {}
