package dev.fairlead.airflow;

import dev.fairlead.error.OperationFailedException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Says that the server cannot import a DAG's file, and which Java task wrote the line. The trace is {@link #logExcerpt()}. */
public final class DagImportException extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final String dagId;
    private final @Nullable String taskId;
    private final @Nullable String origin;
    private final int line;

    /**
     * Creates the exception.
     *
     * @param line the line of the file, 0 where the trace names none
     * @param taskId the task that wrote the line, or {@code null}
     * @param origin where in the Java program the task was built, or {@code null}
     */
    public DagImportException(
            String message,
            String operationId,
            String dagId,
            int line,
            @Nullable String taskId,
            @Nullable String origin,
            String stackTrace) {
        super(message, operationId, "import error", stackTrace, null);
        this.dagId = dagId;
        this.line = line;
        this.taskId = taskId;
        this.origin = origin;
    }

    /** Returns the DAG. */
    public String dagId() {
        return dagId;
    }

    /** Returns the task whose lines caused it, if one did. */
    public Optional<String> taskId() {
        return Optional.ofNullable(taskId);
    }

    /** Returns where in the Java program that task was built, such as {@code Retraining.java:87}. */
    public Optional<String> origin() {
        return Optional.ofNullable(origin);
    }

    /** Returns the line of the file, counted from 1, if the trace names one. */
    public OptionalInt line() {
        return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }
}
