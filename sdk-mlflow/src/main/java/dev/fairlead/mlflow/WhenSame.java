package dev.fairlead.mlflow;

/** Says what a transfer does with a file that is on the other side already. */
public enum WhenSame {
    /** Transfers it again. */
    TRANSFER,

    /**
     * Skips it where size and SHA-256 are known to be the same, so that a transfer that was broken off goes on where it stopped.
     *
     * <p>An MLflow server tells sizes only. So uploads of this kind note each file's SHA-256 in a tag of the run,
     * {@code fairlead.sha256.<hash of the path>}, and downloads note it in {@code .fairlead-artifacts} in the target folder. A file is skipped
     * when the server lists it with the size of the local file, and the local file, which is read for this, has the SHA-256 that was noted. A
     * file without a note is transferred. A file that another program, or an upload of the other kind, replaced by one of the same size is not
     * noticed: use one kind for one folder.
     */
    SKIP
}
