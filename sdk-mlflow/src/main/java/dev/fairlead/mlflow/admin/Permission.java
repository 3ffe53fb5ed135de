package dev.fairlead.mlflow.admin;

/**
 * Says how much is allowed; each allows what the ones before it do.
 *
 * @param value the server's word
 */
public record Permission(String value) {
    /** Nothing. */
    public static final Permission NO_PERMISSIONS = new Permission("NO_PERMISSIONS");

    /** To look. */
    public static final Permission READ = new Permission("READ");

    /** To look and use; since MLflow 3. */
    public static final Permission USE = new Permission("USE");

    /** To change. */
    public static final Permission EDIT = new Permission("EDIT");

    /** To delete, and to let others in. */
    public static final Permission MANAGE = new Permission("MANAGE");

    /** Nothing, whatever else allows it; since MLflow 3.17. */
    public static final Permission DENY = new Permission("DENY");

    /** Wraps the server's word, also one that this version does not know. */
    public static Permission of(String value) {
        return new Permission(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
