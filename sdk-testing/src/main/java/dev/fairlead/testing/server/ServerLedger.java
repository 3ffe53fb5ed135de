package dev.fairlead.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What ran and what was skipped, one line per server in {@code servers.tsv}, and the table made of such files. */
final class ServerLedger {
    static final String FILE = "servers.tsv";
    private static final List<String> HEAD = List.of("SERVER", "VERSION", "STATE", "START", "REASON");

    private final Optional<Path> folder;

    ServerLedger(Optional<Path> folder) {
        this.folder = folder;
    }

    void started(RealServer server) {
        write(server.name(), server.version(), "ran", server.startDuration(), "");
    }

    void skipped(String name, String version, String reason) {
        write(name, version, "skipped", Duration.ZERO, reason);
    }

    void failed(String name, String version, String reason) {
        write(name, version, "failed", Duration.ZERO, reason);
    }

    private void write(String name, String version, String state, Duration start, String reason) {
        if (folder.isEmpty()) {
            return;
        }
        String first = reason.lines().findFirst().orElse("").replace('\t', ' ');
        String line = String.join("\t", name, version, state, String.valueOf(start.toMillis()), first) + "\n";
        try {
            Files.createDirectories(folder.get());
            Files.write(
                    folder.get().resolve(FILE),
                    line.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.get().resolve(FILE), e);
        }
    }

    /** One aligned line per server and version, sorted; of several test processes the last one counts. */
    static String table(List<Path> folders) {
        Map<String, List<String>> last = new TreeMap<>();
        folders.stream()
                .flatMap(ServerLedger::lines)
                .map(ServerLedger::row)
                .forEach(row -> last.put(row.get(0) + ' ' + row.get(1), row));
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        rows.addAll(last.values());
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static Stream<String> lines(Path folder) {
        Path file = folder.resolve(FILE);
        return Files.exists(file) ? Folders.read(file).lines() : Stream.empty();
    }

    private static List<String> row(String line) {
        String[] cells = line.split("\t", -1);
        String start = cells[2].equals("ran") ? String.format("%.1f s", Long.parseLong(cells[3]) / 1000.0) : "-";
        return List.of(cells[0], cells[1], cells[2], start, cells[4]);
    }
}
