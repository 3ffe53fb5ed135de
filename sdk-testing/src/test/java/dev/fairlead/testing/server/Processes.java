package dev.fairlead.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Which processes live, asked of the kernel: a dead child that nobody has collected does not count. */
final class Processes {
    private Processes() {}

    static boolean alive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    /** Every living process below one, in other sessions too. */
    static List<Long> below(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .filter(Processes::alive)
                .toList();
    }

    static List<String> names(Collection<Long> pids) {
        return pids.stream()
                .filter(Processes::alive)
                .map(pid -> pid + " " + command(pid))
                .toList();
    }

    private static String command(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "comm"))) {
            return lines.findFirst().orElse("");
        } catch (IOException gone) {
            return "";
        }
    }

    /** The names of those still alive at the deadline; returns as soon as none is. */
    static List<String> leftAfter(Duration deadline, Collection<Long> pids) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (pids.stream().anyMatch(Processes::alive) && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        return names(pids);
    }
}
