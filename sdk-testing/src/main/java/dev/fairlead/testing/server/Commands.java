package dev.fairlead.testing.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands that end by themselves, guarded like servers: a JVM that dies takes them along. */
final class Commands {
    private Commands() {}

    /** Runs a command; any exit code but 0 fails with the end of its output. */
    static void run(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Path log,
            Duration deadline) {
        ServerProcess process = ServerProcess.start(name, command, environment, directory, log);
        int code = process.waitFor(deadline);
        if (code != 0) {
            throw new ServerException(name + " failed with exit code " + code + "\n" + Folders.tail(log, 60));
        }
    }

    /** The output of a quick command, or nothing when it is missing or fails. */
    static Optional<String> output(List<String> command) {
        Path folder = Folders.temporary("command");
        Path log = folder.resolve("output");
        try {
            ServerProcess process = ServerProcess.start(command.get(0), command, Map.of(), folder, log);
            int code = process.waitFor(Duration.ofMinutes(1));
            return code == 0 ? Optional.of(Folders.read(log).strip()) : Optional.empty();
        } finally {
            Folders.delete(folder);
        }
    }

    static boolean exists(String command) {
        return output(List.of("sh", "-c", "command -v " + command)).isPresent();
    }
}
