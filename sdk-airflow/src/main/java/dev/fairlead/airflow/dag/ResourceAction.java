package dev.fairlead.airflow.dag;

/** Says what becomes of an object of the cluster. */
public enum ResourceAction {
    /** It is made; where one of its name stands already, the task fails. */
    CREATE,
    /** It is deleted; where there is none, the task fails. */
    DELETE
}
