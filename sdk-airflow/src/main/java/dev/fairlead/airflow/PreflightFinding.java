package dev.fairlead.airflow;

/**
 * Is what a server lacks, or has against, a DAG that was not delivered yet.
 *
 * @param severity whether the DAG cannot work so
 * @param place where in the DAG it matters, such as {@code tasks[train].pool}
 * @param rule what should be
 * @param value what is named there
 * @param remedy what to do
 */
public record PreflightFinding(Severity severity, String place, String rule, String value, String remedy) {
    /** How bad it is. */
    public enum Severity {
        /** The DAG will not work. */
        ERROR,
        /** The DAG may not work, which cannot be told from outside. */
        WARNING
    }

    @Override
    public String toString() {
        return severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + place + " " + rule
                + (value.isEmpty() ? "" : ", '" + value + "'") + "; " + remedy;
    }
}
