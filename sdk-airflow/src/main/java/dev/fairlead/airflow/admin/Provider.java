package dev.fairlead.airflow.admin;

/**
 * Is a package of operators that the server has.
 *
 * @param packageName such as {@code apache-airflow-providers-cncf-kubernetes}
 * @param version its version
 * @param description what it is for
 */
public record Provider(String packageName, String version, String description) {}
