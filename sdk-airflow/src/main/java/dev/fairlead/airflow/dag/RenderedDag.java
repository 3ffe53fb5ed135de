package dev.fairlead.airflow.dag;

import java.util.List;
import java.util.Optional;

/**
 * Is a DAG as the Python file that Airflow reads.
 *
 * @param dag the DAG
 * @param dialect the Airflow it is for
 * @param source the whole file, ASCII but for trusted Python, lines ended by LF
 * @param sha256 the checksum of what follows the header, as it stands in the header
 * @param blocks which lines belong to which task, in the order of the file
 */
public record RenderedDag(Dag dag, Dialect dialect, String source, String sha256, List<Block> blocks) {
    /** Copies the blocks. */
    public RenderedDag {
        blocks = List.copyOf(blocks);
    }

    /** Returns the file's name, made of the DAG's id. */
    public String fileName() {
        return fileName(dag.id());
    }

    /** Returns the name of the file of a DAG. */
    public static String fileName(String dagId) {
        return (dagId.startsWith(".") ? "dag_" : "") + dagId + ".py";
    }

    /** Returns the task whose lines hold this one, counted from 1. */
    public Optional<Task> taskAt(int line) {
        return blocks.stream()
                .filter(b -> b.firstLine() <= line && line <= b.lastLine())
                .findFirst()
                .flatMap(b -> dag.task(b.taskId()));
    }

    /** Shows no source. */
    @Override
    public String toString() {
        return "RenderedDag[" + dag.id() + " for Airflow " + dialect.version() + ", sha256 " + sha256 + "]";
    }

    /**
     * Says which lines belong to a task.
     *
     * @param taskId the task
     * @param firstLine its first line, counted from 1
     * @param lastLine its last line
     */
    public record Block(String taskId, int firstLine, int lastLine) {}
}
