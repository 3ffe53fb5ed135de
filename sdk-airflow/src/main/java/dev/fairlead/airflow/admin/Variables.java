package dev.fairlead.airflow.admin;

import dev.fairlead.PagedIterable;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes, finds and changes variables. Immutable and thread-safe. No value is ever in a message or a log. */
public interface Variables {
    /** Lists the variables by key. */
    PagedIterable<Variable> list();

    /**
     * Reads a variable.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Variable get(String key);

    /** Finds a variable. */
    Optional<Variable> find(String key);

    /**
     * Makes a variable.
     *
     * @throws dev.fairlead.error.ConflictException if the key is taken; Airflow 2 overwrites, so that there it is looked for first
     */
    Variable create(VariableSpec variable);

    /** Returns the variable of this key as it is, and makes it with the value where there is none. */
    Variable ensure(String key, String value);

    /** Brings a variable to its description, and writes a secret each time; see {@link #apply(VariableSpec, Secrets)}. */
    default Applied<Variable> apply(VariableSpec variable) {
        return apply(variable, Secrets.WRITE);
    }

    /** Brings a variable to a value, and writes a secret each time; see {@link #apply(VariableSpec, Secrets)}. */
    default Applied<Variable> apply(String key, String value) {
        return apply(VariableSpec.of(key, value));
    }

    /**
     * Brings a variable to its description: makes it where there is none, writes what differs, and nothing where nothing does. What the
     * description does not set stays as it is. JSON is compared by what it means.
     *
     * <p>Airflow 3 hides a value whose key looks like that of a secret, and such parts of a JSON value; then nobody can tell whether it
     * differs, which {@link Applied#hidden()} says.
     *
     * @param secrets what becomes of a value that the server hides
     * @throws dev.fairlead.error.ConflictException if another changed it meanwhile
     */
    Applied<Variable> apply(VariableSpec variable, Secrets secrets);

    /** Deletes a variable. Returns whether it was there. */
    boolean delete(String key);

    /**
     * Sends many changes in one call. Needs Airflow 3, updates 3.2.
     *
     * @throws BulkException if some were not made; it tells which were
     */
    BulkResult bulk(Consumer<Bulk<VariableSpec>> changes);
}
