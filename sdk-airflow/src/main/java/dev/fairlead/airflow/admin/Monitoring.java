package dev.fairlead.airflow.admin;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.DagRunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells how a server is, what it has, and what was done to it. Immutable and thread-safe. */
public interface Monitoring {
    /** Asks how the server is; needs no user. A part counts as unhealthy some 30 s after its last heartbeat, unless the server is set otherwise. */
    Health health();

    /** Follows a server until it is healthy; what is not is in the progress. */
    Operation<Health> untilHealthy();

    /** Lists the packages of operators it has. */
    PagedIterable<Provider> providers();

    /** Lists the plugins it has loaded. */
    PagedIterable<Plugin> plugins();

    /** Lists the plugins it could not load. Needs Airflow 3.1. */
    List<PluginProblem> pluginProblems();

    /**
     * Reads its settings, by section and key; secrets are hidden.
     *
     * @throws dev.fairlead.error.PermissionException if it does not show them; that needs {@code [api] expose_config}, in Airflow 2
     *     {@code [webserver] expose_config}
     */
    Map<String, Map<String, String>> config();

    /**
     * Reads one of its settings; empty where there is none of this name.
     *
     * @throws dev.fairlead.error.PermissionException if it does not show them
     */
    Optional<String> config(String section, String key);

    /** Lists its processes, the latest first. Needs Airflow 3. */
    PagedIterable<Job> jobs();

    /** Lists what was done to it, the latest first. */
    default PagedIterable<AuditEvent> auditLog() {
        return auditLog(query -> {});
    }

    /** Lists what was done to it as a query wants it, the latest first. */
    PagedIterable<AuditEvent> auditLog(Consumer<AuditQuery.Builder> query);

    /**
     * Reads one note of what was done to it.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none of this number
     */
    AuditEvent auditEvent(int id);

    /** Counts the runs of DAGs by their state; a DAG the server does not know is left out. */
    Map<String, Map<DagRunState, Integer>> runCounts(String... dagIds);

    /** Lists what it found odd about DAGs, by DAG. */
    PagedIterable<DagWarning> warnings();
}
