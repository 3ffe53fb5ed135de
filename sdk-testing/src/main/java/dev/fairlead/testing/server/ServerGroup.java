package dev.fairlead.testing.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes of one server: started in order, ended together, their logs in one folder. */
final class ServerGroup implements AutoCloseable {
    private static final int TAIL = 60;
    private static final Duration PORTS = Duration.ofSeconds(10);

    private static final Set<ServerGroup> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ServerGroup::endAll, "fairlead-servers-end"));
    }

    private final String name;
    private final Path directory;
    private final boolean temporary;
    private final int grace;
    private final List<ServerProcess> processes = new CopyOnWriteArrayList<>();
    private final List<Runnable> helpers = new CopyOnWriteArrayList<>();
    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean failed;

    /** Works in the given folder and leaves it, or in a temporary one that goes on close. */
    ServerGroup(String name, Optional<Path> directory) {
        this(name, directory, ServerProcess.GRACE);
    }

    ServerGroup(String name, Optional<Path> directory, int grace) {
        this.name = name;
        this.grace = grace;
        this.temporary = directory.isEmpty();
        this.directory = directory
                .map(d -> Folders.create(d.toAbsolutePath()))
                .orElseGet(() -> Folders.temporary(name.toLowerCase(Locale.ROOT).replace(' ', '-')));
        OPEN.add(this);
    }

    /** All are told to end first, so that their ends overlap. */
    private static void endAll() {
        ServerProcess.running().forEach(ServerProcess::signal);
        OPEN.forEach(ServerGroup::close);
        ServerProcess.running().forEach(ServerProcess::close);
    }

    Path directory() {
        return directory;
    }

    int port() {
        int port = Ports.free();
        ports.add(port);
        return port;
    }

    int port(int chosen) {
        if (chosen == 0) {
            return port();
        }
        if (!Ports.isFree(chosen)) {
            throw new ServerException(name + " cannot listen on port " + chosen
                    + ": it is taken; end what holds it or leave the port to us");
        }
        ports.add(chosen);
        return chosen;
    }

    /** Something within this JVM that ends with the processes. */
    void alsoClose(Runnable helper) {
        helpers.add(helper);
    }

    ServerProcess start(String process, List<String> command, Map<String, String> environment) {
        Path log = directory.resolve(process + ".log");
        ServerProcess started = ServerProcess.start(name + " " + process, grace, command, environment, directory, log);
        processes.add(started);
        return started;
    }

    /** Runs a command that ends by itself; any exit code but 0 fails with its log. */
    void run(String step, List<String> command, Map<String, String> environment, Duration deadline) {
        Commands.run(name + " " + step, command, environment, directory, directory.resolve(step + ".log"), deadline);
    }

    /** Waits until the check holds; fails at the deadline and as soon as one of the processes has ended. */
    void await(String what, Duration deadline, BooleanSupplier check) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!check.getAsBoolean()) {
            Optional<ServerProcess> ended =
                    processes.stream().filter(p -> !p.alive()).findFirst();
            if (ended.isPresent()) {
                failed = true;
                throw new ServerException(
                        name + " did not start: " + ended.get().whyEnded() + "\n"
                                + Folders.tail(ended.get().log(), TAIL) + "\n(all logs: " + directory + ")");
            }
            if (System.nanoTime() > end) {
                failed = true;
                throw new ServerException(name + " did not start: no " + what + " within " + deadline.toSeconds()
                        + " s\n" + logs() + "\n(all logs: " + directory + ")");
            }
            pause();
        }
    }

    /** Waits until what was ended on purpose is gone, and then for its guard to end; they are no sign of trouble later on. */
    void forget(BooleanSupplier gone) {
        long end = System.nanoTime() + PORTS.toNanos();
        while (!gone.getAsBoolean() && System.nanoTime() < end) {
            pause();
        }
        pause();
        pause();
        processes.removeIf(p -> !p.alive());
    }

    private void pause() {
        try {
            Thread.sleep(150);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while waiting for " + name, e);
        }
    }

    String logs() {
        return processes.stream()
                .map(p -> "== " + p.name() + "\n" + Folders.tail(p.log(), TAIL))
                .collect(Collectors.joining("\n"));
    }

    boolean running() {
        return !closed.get() && processes.stream().allMatch(ServerProcess::alive);
    }

    /** All that the processes started. */
    Stream<ProcessHandle> descendants() {
        return processes.stream().flatMap(ServerProcess::descendants);
    }

    List<Long> sessions() {
        return processes.stream().map(ServerProcess::session).toList();
    }

    void kill() {
        processes.forEach(ServerProcess::kill);
        close();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).signal();
        }
        processes.forEach(ServerProcess::close);
        helpers.forEach(Runnable::run);
        awaitPorts();
        if (temporary && !failed) {
            Folders.delete(directory);
        }
        OPEN.remove(this);
    }

    private void awaitPorts() {
        long end = System.nanoTime() + PORTS.toNanos();
        while (!ports.stream().allMatch(Ports::isFree) && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
