package dev.fairlead.mlflow;

/**
 * Names one file or folder among a run's artifacts.
 *
 * @param path its path below the run's artifact root, with {@code /} between folders
 * @param directory whether it is a folder
 * @param size the size in bytes; 0 for a folder
 */
public record Artifact(String path, boolean directory, long size) {
    /** Returns the last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
