package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.RenderedDag;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a Python of this machine read a file before it is delivered, so that a mistake in trusted Python is found here and not on the server. It
 * compiles and runs nothing. Where there is no Python, the server finds it.
 */
final class PythonReader {
    /** The value of the setting that turns it off. */
    static final String NONE = "none";

    private static final Logger LOG = LoggerFactory.getLogger(PythonReader.class);
    private static final int LIMIT_SECONDS = 20;
    /** Older ones do not know what today's Airflow runs. */
    private static final String PROGRAM = """
            import sys
            source = sys.stdin.buffer.read()
            print("%d.%d.%d" % sys.version_info[:3])
            if sys.version_info >= (3, 10):
                try:
                    compile(source, "dag", "exec", dont_inherit=True)
                except SyntaxError as e:
                    print(e.lineno or 0)
                    print(type(e).__name__ + ": " + str(e.msg).encode("ascii", "replace").decode())
                except ValueError as e:
                    print(0)
                    print("ValueError: " + str(e))
            """;

    private final String python;

    PythonReader(String python) {
        this.python = python;
    }

    /** What a Python says of a file. */
    record Finding(String version, ImportProblem problem) {}

    /** Returns what is wrong with a file; only trusted Python can be, so that another file costs nothing. */
    Optional<Finding> read(RenderedDag dag) {
        boolean trusts = dag.dag().tasks().stream().anyMatch(PythonTask.class::isInstance);
        if (!trusts || python.equals(NONE)) {
            return Optional.empty();
        }
        try {
            return finding(dag, run(dag.source()));
        } catch (IOException e) {
            LOG.debug("no Python reads DAG {} before it is delivered", dag.dag().id(), e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Finding> finding(RenderedDag dag, List<String> said) {
        if (said.size() < 3) {
            return Optional.empty();
        }
        String trace = "  File \"" + dag.fileName() + "\", line " + said.get(1) + "\n" + said.get(2) + "\n";
        return Optional.of(new Finding(said.get(0), new ImportProblem(dag.fileName(), trace, Instant.EPOCH)));
    }

    private List<String> run(String source) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(python, "-I", "-S", "-c", PROGRAM)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(source.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(python + " did not end within " + LIMIT_SECONDS + " s");
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
