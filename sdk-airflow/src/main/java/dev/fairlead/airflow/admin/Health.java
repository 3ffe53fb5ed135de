package dev.fairlead.airflow.admin;

import java.util.List;
import java.util.stream.Stream;

/**
 * Tells how a server is.
 *
 * @param database the database
 * @param scheduler what starts runs and tasks
 * @param triggerer what waits for deferred tasks
 * @param dagProcessor what reads DAG files; Airflow 2 has none of its own unless told
 */
public record Health(HealthPart database, HealthPart scheduler, HealthPart triggerer, HealthPart dagProcessor) {
    /** Returns whether every part is as it should be. */
    public boolean healthy() {
        return unhealthy().isEmpty();
    }

    /** Returns the parts that are not as they should be. */
    public List<HealthPart> unhealthy() {
        return Stream.of(database, scheduler, triggerer, dagProcessor)
                .filter(part -> !part.healthy())
                .toList();
    }
}
