package dev.fairlead.mlflow;

/**
 * Tells what a tracking server is.
 *
 * @param version its version, such as {@code 3.17.2}
 * @param storeType the kind of its store, such as {@code SqlStore}; empty where the server does not tell
 * @param workspacesEnabled whether it separates workspaces
 */
public record ServerInfo(String version, String storeType, boolean workspacesEnabled) {
    /** Returns whether the server is of this version or a later one. */
    public boolean atLeast(int major, int minor) {
        String[] parts = version.split("[^0-9]+", 3);
        int theirMajor = number(parts, 0);
        return theirMajor > major || (theirMajor == major && number(parts, 1) >= minor);
    }

    private static int number(String[] parts, int at) {
        return at < parts.length && !parts[at].isEmpty() ? Integer.parseInt(parts[at]) : 0;
    }
}
