package dev.fairlead.airflow.dag;

/**
 * Says that one task runs after another.
 *
 * @param upstream the id of the task before
 * @param downstream the id of the task after
 */
public record Edge(String upstream, String downstream) {
    @Override
    public String toString() {
        return upstream + " -> " + downstream;
    }
}
