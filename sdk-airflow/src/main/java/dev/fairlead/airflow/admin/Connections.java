package dev.fairlead.airflow.admin;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes, finds and changes connections. Immutable and thread-safe. No secret of one is ever in a message or a log. */
public interface Connections {
    /** Lists the connections by id. */
    PagedIterable<Connection> list();

    /**
     * Reads a connection.
     *
     * @throws dev.fairlead.error.NotFoundException if the server's database has none; those of its environment are not told
     */
    Connection get(String id);

    /** Finds a connection. */
    Optional<Connection> find(String id);

    /**
     * Makes a connection.
     *
     * @throws dev.fairlead.error.ConflictException if the id is taken
     */
    Connection create(ConnectionSpec connection);

    /** Returns the connection of this id as it is, and makes it where there is none. */
    Connection ensure(ConnectionSpec connection);

    /** Brings a connection to its description, and writes secrets each time; see {@link #apply(ConnectionSpec, Secrets)}. */
    default Applied<Connection> apply(ConnectionSpec connection) {
        return apply(connection, Secrets.WRITE);
    }

    /**
     * Brings a connection to its description: makes it where there is none, writes what differs, and nothing where nothing does. What the
     * description does not set stays as it is.
     *
     * <p>The server hides the password, and further settings whose name looks like that of a secret; nobody can tell whether they differ,
     * which {@link Applied#hidden()} says.
     *
     * @param secrets what becomes of secrets that the server hides
     * @throws dev.fairlead.error.ConflictException if another changed it meanwhile
     */
    Applied<Connection> apply(ConnectionSpec connection, Secrets secrets);

    /** Deletes a connection. Returns whether it was there. */
    boolean delete(String id);

    /**
     * Lets the server try a connection as it is described, which need not exist.
     *
     * @throws dev.fairlead.error.PermissionException if the server does not do that; it needs {@code [core] test_connection = Enabled}
     */
    ConnectionTest test(ConnectionSpec connection);

    /**
     * Lets a worker try a connection as it is described, which need not exist: for what workers reach and the API server does not. The operation
     * ends with what the worker found. Needs Airflow 3.3.
     *
     * @throws dev.fairlead.error.PermissionException if the server does not do that; it needs {@code [core] test_connection = Enabled}
     */
    Operation<ConnectionTest> testOnWorker(ConnectionSpec connection);

    /** Takes up a test on a worker again by its operation id, in this or another process. Needs Airflow 3.3. */
    Operation<ConnectionTest> testOperation(String operationId);

    /** Makes the connections that a new Airflow is delivered with, where they are missing. Needs Airflow 3. */
    void createDefaults();

    /**
     * Sends many changes in one call. Needs Airflow 3, updates 3.2.
     *
     * @throws BulkException if some were not made; it tells which were
     */
    BulkResult bulk(Consumer<Bulk<ConnectionSpec>> changes);
}
