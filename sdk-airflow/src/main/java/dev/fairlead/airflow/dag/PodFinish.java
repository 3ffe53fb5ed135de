package dev.fairlead.airflow.dag;

/** Says what becomes of a pod when it has ended. */
public enum PodFinish {
    /** It is deleted. */
    DELETE,
    /** It is kept, for somebody to look at. */
    KEEP,
    /** It is deleted where it succeeded, and kept where it failed. */
    DELETE_SUCCEEDED
}
