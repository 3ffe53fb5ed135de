package dev.fairlead.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * One process in its own session under a guard shell. The guard holds a pipe from this JVM: when it closes, by
 * {@link #close()} or because the JVM is gone, the guard ends the process and all that it started.
 */
final class ServerProcess implements AutoCloseable {
    /** Seconds between SIGTERM and SIGKILL. */
    static final int GRACE = 8;

    private static final Duration END = Duration.ofSeconds(GRACE + 5L);
    private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();
    /** Settings of the person at the keyboard that must not reach a test server. */
    private static final List<String> PRIVATE = List.of(
            "AIRFLOW_",
            "MLFLOW_",
            "MLSERVER_",
            "AWS_",
            "GOOGLE_",
            "AZURE_",
            "PYTHON",
            "VIRTUAL_ENV",
            "KUBECONFIG",
            "KUBERNETES_",
            "UVICORN_",
            "GUNICORN_",
            "JUPYTERHUB_");

    private final String name;
    private final Path log;
    private final Process guard;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ServerProcess(String name, Path log, Process guard) {
        this.name = name;
        this.log = log;
        this.guard = guard;
    }

    static ServerProcess start(
            String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        return start(name, GRACE, command, environment, directory, log);
    }

    static ServerProcess start(
            String name, int grace, List<String> command, Map<String, String> environment, Path directory, Path log) {
        requireLinux();
        List<String> guarded = new ArrayList<>(
                List.of("setsid", "sh", "-c", Folders.resource("guard.sh"), "guard", String.valueOf(grace)));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(ServerProcess::isPrivate);
        builder.environment().putAll(environment);
        try {
            ServerProcess process = new ServerProcess(name, log, builder.start());
            RUNNING.add(process);
            return process;
        } catch (IOException e) {
            throw new ServerException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    static void requireLinux() {
        String system = System.getProperty("os.name", "");
        if (!system.toLowerCase(Locale.ROOT).contains("linux")) {
            throw new ServerException("real servers run on Linux only, this is " + system + ": use the fakes");
        }
    }

    private static boolean isPrivate(String variable) {
        return PRIVATE.stream().anyMatch(variable::startsWith);
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    boolean alive() {
        return guard.isAlive();
    }

    /** The guard's process id, which is the id of the session too. */
    long session() {
        return guard.pid();
    }

    /** All that the process started, itself included. */
    Stream<ProcessHandle> descendants() {
        return guard.descendants();
    }

    /** Waits for a process that ends by itself and returns its exit code. */
    int waitFor(Duration deadline) {
        try {
            if (!guard.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                close();
                throw new ServerException(
                        name + " did not end within " + deadline.toSeconds() + " s:\n" + Folders.tail(log, 30));
            }
            return guard.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new ServerException("interrupted while waiting for " + name, e);
        } finally {
            signal();
            RUNNING.remove(this);
        }
    }

    String whyEnded() {
        return name + " ended with exit code " + guard.exitValue();
    }

    /** Tells the guard to end everything, without waiting for it. */
    void signal() {
        try {
            guard.getOutputStream().close();
        } catch (IOException | UncheckedIOException gone) {
            // The pipe is closed from the other side: the guard has ended.
        }
    }

    /** Ends what the guard started at once, as a crash would. */
    void kill() {
        guard.descendants().forEach(ProcessHandle::destroyForcibly);
        close();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        signal();
        try {
            if (!guard.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                force();
            }
        } catch (InterruptedException e) {
            force();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(this);
    }

    private void force() {
        guard.descendants().forEach(ProcessHandle::destroyForcibly);
        guard.destroyForcibly();
    }

    static Set<ServerProcess> running() {
        return RUNNING;
    }
}
