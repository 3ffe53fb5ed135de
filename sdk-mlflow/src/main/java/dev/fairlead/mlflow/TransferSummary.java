package dev.fairlead.mlflow;

/**
 * Tells what a transfer did.
 *
 * @param files how many files were transferred
 * @param skipped how many files were there already, see {@link WhenSame#SKIP}
 * @param bytes the size of the files that were transferred
 */
public record TransferSummary(int files, int skipped, long bytes) {}
