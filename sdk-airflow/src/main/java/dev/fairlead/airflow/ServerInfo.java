package dev.fairlead.airflow;

import dev.fairlead.airflow.dag.Dialect;

/**
 * Tells what an Airflow is.
 *
 * @param version its version, such as {@code 3.3.2}
 * @param dialect the dialect DAGs are rendered in for it
 */
public record ServerInfo(String version, Dialect dialect) {
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
