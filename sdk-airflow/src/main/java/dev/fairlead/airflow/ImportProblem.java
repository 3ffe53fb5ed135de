package dev.fairlead.airflow;

import java.time.Instant;

/**
 * Tells of a file that the server cannot import.
 *
 * @param file the file, relative to the folder of DAGs
 * @param stackTrace Python's account of it
 * @param at when the server tried last
 */
public record ImportProblem(String file, String stackTrace, Instant at) {
    /** Returns Python's last line, such as {@code ValueError: boom}. */
    public String reason() {
        return stackTrace.strip().lines().reduce("", (before, line) -> line).strip();
    }
}
