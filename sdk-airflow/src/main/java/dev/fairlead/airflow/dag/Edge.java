package dev.fairlead.airflow.dag;

/**
 * Says that one task, or a group of them, runs after another. An id is looked for in the group where the edge stands, then in the group around
 * that, and so on to the DAG.
 *
 * @param upstream the id of the task or group before
 * @param downstream the id of the task or group after
 * @param label what Airflow's graph writes on the edge; empty for nothing
 */
public record Edge(String upstream, String downstream, String label) {
    /** Makes an edge without a label. */
    public Edge(String upstream, String downstream) {
        this(upstream, downstream, "");
    }

    @Override
    public String toString() {
        return upstream + " -> " + downstream;
    }
}
