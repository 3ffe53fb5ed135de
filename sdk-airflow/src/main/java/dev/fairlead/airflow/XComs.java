package dev.fairlead.airflow;

import dev.fairlead.PagedIterable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the outputs of tasks (Airflow's XComs). Immutable and thread-safe. */
public interface XComs {
    /** Lists the outputs of a run. */
    PagedIterable<XCom> list(String dagId, String runId);

    /** Lists the outputs of a task of a run. */
    PagedIterable<XCom> list(String dagId, String runId, String taskId);

    /** Reads an output as JSON tree, fractions as {@link java.math.BigDecimal}; empty where there is none, or it is null. */
    Optional<Object> find(XComKey key);

    /** Writes an output, whether it was there or not. Needs Airflow 3. */
    void set(XComKey key, @Nullable Object value);

    /** Deletes an output. Returns whether it was there. Needs Airflow 3.2. */
    boolean delete(XComKey key);
}
