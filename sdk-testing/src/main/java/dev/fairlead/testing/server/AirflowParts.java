package dev.fairlead.testing.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The processes that one Airflow is made of.
 *
 * @param group where they run
 * @param program Airflow's program
 * @param variables their settings
 * @param home knows when they are healthy
 * @param uri the address of the API
 * @param patience how long they may take to become so
 */
record AirflowParts(
        ServerGroup group,
        String program,
        Map<String, String> variables,
        AirflowHome home,
        URI uri,
        Duration patience) {
    private static final AtomicInteger RESTARTS = new AtomicInteger();

    /** Starts all at once: as Airflow's own {@code standalone}, which knows but one kind of users, or each by itself. */
    void startAll(boolean separately) {
        List<String> parts =
                separately ? List.of("api-server", "scheduler", "dag-processor", "triggerer") : List.of("standalone");
        parts.forEach(part -> group.start(part, List.of(program, part), variables));
        awaitHealth();
    }

    private void awaitHealth() {
        group.await(
                "healthy answer of " + uri + home.healthPath(),
                patience,
                () -> Http.ok(uri.resolve(home.healthPath()))
                        .filter(home::isHealthy)
                        .isPresent());
    }

    void kill(String part) {
        List<ProcessHandle> found = group.descendants().filter(p -> is(p, part)).toList();
        if (found.isEmpty()) {
            throw new ServerException("Airflow runs no " + part + " that could be killed");
        }
        for (ProcessHandle one : found) {
            Stream.concat(one.descendants(), Stream.of(one)).toList().forEach(ProcessHandle::destroyForcibly);
        }
        group.forget(() -> found.stream().allMatch(AirflowParts::isGone));
    }

    /** What nobody has asked after since it ended is there still, as a zombie. */
    private static boolean isGone(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1)
                    .contains(") Z ");
        } catch (IOException gone) {
            return true;
        }
    }

    void restart(String part) {
        group.start(part + "-" + RESTARTS.incrementAndGet(), List.of(program, part), variables);
        awaitHealth();
    }

    /** A part names itself by its command, with a dash or an underscore; the JDK does not show what it renamed itself to. */
    private static boolean is(ProcessHandle process, String part) {
        try {
            String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .replace('_', '-');
            return line.contains("airflow " + part + " ") || line.strip().endsWith("airflow " + part);
        } catch (IOException gone) {
            return false;
        }
    }
}
