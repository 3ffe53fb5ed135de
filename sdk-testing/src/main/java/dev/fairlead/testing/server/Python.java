package dev.fairlead.testing.server;

import java.util.List;
import java.util.Optional;

/** The Python that servers are installed with: one the locks were made for, newest proven first. */
record Python(String executable, String version) {
    static final String MISSING = "no usable Python on the PATH: install Python 3.11 with its venv module "
            + "(Debian: apt-get install python3 python3-venv)";
    private static final List<String> NAMES =
            List.of("python3.11", "python3.12", "python3.10", "python3.13", "python3");
    private static final List<String> VERSIONS = List.of("3.10", "3.11", "3.12", "3.13");
    private static final String PROBE =
            "import sys, venv, ensurepip; print(sys.executable); print('%d.%d' % sys.version_info[:2])";

    static Optional<Python> find() {
        return NAMES.stream().map(Python::probe).flatMap(Optional::stream).findFirst();
    }

    /** The command may be a shim that exists and cannot run: only its own answer counts. */
    private static Optional<Python> probe(String name) {
        return Commands.output(List.of(name, "-c", PROBE))
                .map(out -> out.lines().toList())
                .filter(lines -> lines.size() == 2 && VERSIONS.contains(lines.get(1)))
                .map(lines -> new Python(lines.get(0), lines.get(1)));
    }

    String tag() {
        return "cp" + version.replace(".", "");
    }
}
