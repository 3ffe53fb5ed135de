package dev.fairlead.airflow;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Is the log of one try of a task.
 *
 * @param taskId the task
 * @param tryNumber the try, counted from 1; 0 for a task that was not run
 * @param lines the lines, oldest first, an exception's trace included
 */
public record TaskLog(String taskId, int tryNumber, List<LogLine> lines) {
    /** Copies the lines. */
    public TaskLog {
        lines = List.copyOf(lines);
    }

    /** Returns all lines as text. */
    public String text() {
        return lines.stream().map(LogLine::text).collect(Collectors.joining("\n"));
    }

    /** Returns the last lines as text, without the marks by which the server folds its log. */
    public String tail(int count) {
        List<String> told = lines.stream()
                .map(LogLine::text)
                .filter(t -> !t.startsWith("::"))
                .toList();
        return String.join("\n", told.subList(Math.max(0, told.size() - count), told.size()));
    }
}
