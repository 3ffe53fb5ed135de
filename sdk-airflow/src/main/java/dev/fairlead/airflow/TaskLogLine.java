package dev.fairlead.airflow;

/**
 * Is a line of a log that is followed, with the try and the instance it comes from.
 *
 * @param mapIndex the number where one task is mapped to many, -1 otherwise
 * @param tryNumber the try, counted from 1; 0 for a task that was not run
 * @param line the line
 */
public record TaskLogLine(int mapIndex, int tryNumber, LogLine line) {
    /** Returns the text of the line. */
    public String text() {
        return line.text();
    }

    @Override
    public String toString() {
        return line.text();
    }
}
