package dev.fairlead.testing.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets a process see a hosts file of its own, in a mount namespace of its own: the machine's stays as it is. */
final class OwnHosts {
    private static final List<String> AS_ROOT = List.of("unshare", "-m");
    private static final List<String> AS_USER = List.of("unshare", "-U", "-r", "-m");

    private OwnHosts() {}

    /** Why that cannot be done here. */
    static Optional<String> missing() {
        return unshare().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "Seldon Core 2's operator finds its scheduler by its name in the cluster only, and a hosts file of its own "
                                + "needs a mount namespace: run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)");
    }

    private static Optional<List<String>> unshare() {
        for (List<String> way : List.of(AS_ROOT, AS_USER)) {
            if (Commands.output(with(way, List.of("mount", "--bind", "/etc/hosts", "/etc/hosts")))
                    .isPresent()) {
                return Optional.of(way);
            }
        }
        return Optional.empty();
    }

    /** The command that runs another with these names besides the machine's. */
    static List<String> command(Path folder, List<String> lines, List<String> command) {
        Path hosts = Folders.write(
                folder.resolve("hosts"), Folders.read(Path.of("/etc/hosts")) + "\n" + String.join("\n", lines) + "\n");
        List<String> way =
                unshare().orElseThrow(() -> new ServerException(missing().orElse("")));
        List<String> inside = new ArrayList<>(List.of(
                "sh", "-c", "mount --bind \"$1\" /etc/hosts && shift && exec \"$@\"", "hosts", hosts.toString()));
        inside.addAll(command);
        return with(way, inside);
    }

    private static List<String> with(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
