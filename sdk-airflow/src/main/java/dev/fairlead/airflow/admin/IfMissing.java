package dev.fairlead.airflow.admin;

/** Says what becomes of a change to a thing that is not there. */
public enum IfMissing {
    /** None of the changes of this kind with this rule is made. */
    FAIL,
    /** It is left out. */
    SKIP
}
