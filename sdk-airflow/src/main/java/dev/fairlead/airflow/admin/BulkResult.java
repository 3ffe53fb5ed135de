package dev.fairlead.airflow.admin;

import java.util.List;

/**
 * Tells what became of changes that were sent in one call.
 *
 * @param created the names of what was made, or overwritten
 * @param updated the names of what was changed
 * @param deleted the names of what was deleted
 * @param problems what was not done; empty where all was
 */
public record BulkResult(List<String> created, List<String> updated, List<String> deleted, List<Problem> problems) {
    /** Copies the lists. */
    public BulkResult {
        created = List.copyOf(created);
        updated = List.copyOf(updated);
        deleted = List.copyOf(deleted);
        problems = List.copyOf(problems);
    }

    /**
     * Is a part that was not done.
     *
     * @param kind {@code create}, {@code update} or {@code delete}
     * @param status what the server would have answered to that part alone, such as 409; 0 where it does not say
     * @param reason the server's reason
     */
    public record Problem(String kind, int status, String reason) {}
}
