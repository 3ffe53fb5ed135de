package dev.fairlead.airflow;

/** Says what a file of a DAG is, seen from the DAG that the program has. */
public enum DagFileState {
    /** There is none. */
    ABSENT,
    /** It is the very file the program would write. */
    SAME,
    /** Fairlead wrote it for another version of the DAG, or another Airflow; nobody changed it. */
    OLDER,
    /** Fairlead wrote it, and somebody changed it by hand. */
    EDITED,
    /** Fairlead did not write it. */
    FOREIGN
}
