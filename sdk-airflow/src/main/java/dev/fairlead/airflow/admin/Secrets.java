package dev.fairlead.airflow.admin;

/** Says what becomes of a secret that is described, where the server has one already and does not show it. */
public enum Secrets {
    /** It is written again each time, for it may be another one. */
    WRITE,
    /** The one that is there is trusted, and nothing is written. */
    KEEP
}
