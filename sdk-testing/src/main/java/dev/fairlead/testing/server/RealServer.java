package dev.fairlead.testing.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real server that runs as local processes, listens on loopback only, and ends when closed or when the JVM ends,
 * however it ends.
 */
public interface RealServer extends AutoCloseable {

    /**
     * Returns what the server is called in tables and messages.
     *
     * @return for example {@code MLflow}
     */
    String name();

    /**
     * Returns the version of the server.
     *
     * @return for example {@code 3.17.2}
     */
    String version();

    /**
     * Returns the address of the server's API.
     *
     * @return scheme, host and port, no trailing slash
     */
    URI uri();

    /**
     * Returns the folder the server works in, its log files included.
     *
     * @return an absolute path; removed on close unless the folder was given
     */
    Path directory();

    /**
     * Returns the end of each process's log.
     *
     * @return the last lines, process by process
     */
    String logs();

    /**
     * Returns how long the server took from start to ready.
     *
     * @return the time, installation not counted
     */
    Duration startDuration();

    /**
     * Tells whether every process of the server is alive.
     *
     * @return {@code false} once closed or when a process has ended by itself
     */
    boolean running();

    /**
     * Ends every process of the server and waits until its ports are free. A second call does nothing.
     */
    @Override
    void close();
}
