package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Task;
import java.util.List;
import java.util.Map;

/**
 * Writes one kind of task.
 *
 * @param <T> the kind
 */
interface TaskKind<T extends Task> {
    /** Returns the name of the operator in the register of imports. */
    String operator(T task);

    /** Imports the operator and returns its name in the file. */
    default String use(T task, PythonFile file) {
        return file.use(operator(task));
    }

    /** Adds the arguments that only this kind has; what is mapped may be missing. */
    void write(T task, Arguments out);

    /** Returns Airflow's names of the fields that can be mapped, by ours. */
    default Map<String, String> mappable() {
        return Map.of();
    }

    /** Returns the endings by which the operator takes a text for the name of a file. */
    default List<String> fileEndings(T task) {
        return List.of();
    }
}
