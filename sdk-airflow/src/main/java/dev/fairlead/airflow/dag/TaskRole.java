package dev.fairlead.airflow.dag;

/** Says whether a task works, makes something ready for that, or takes it away again. */
public enum TaskRole {
    /** Does the work; the default. */
    WORK,
    /** Makes something ready, such as a cluster. */
    SETUP,
    /** Takes it away again, also where the work failed. */
    TEARDOWN
}
