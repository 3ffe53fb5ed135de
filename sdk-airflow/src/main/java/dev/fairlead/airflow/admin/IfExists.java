package dev.fairlead.airflow.admin;

/** Says what becomes of a thing to be made that is there already. */
public enum IfExists {
    /** None of the things to be made with this rule is made. */
    FAIL,
    /** It stays as it is. */
    SKIP,
    /** It is changed to what is described. */
    OVERWRITE
}
