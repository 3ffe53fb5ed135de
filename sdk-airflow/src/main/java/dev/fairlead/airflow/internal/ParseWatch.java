package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.spi.Deadline;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells import problems of the file just written from those of what stood there before. The server writes the time of each try on the problem:
 * a new time after a clean start is ours. Where there was a problem before, the first new time may belong to a try that had begun before the
 * file was written; the second cannot.
 */
final class ParseWatch {
    private final ServerApi server;
    private final String dagId;
    private final @Nullable Instant before;
    private final TreeSet<Instant> newer = new TreeSet<>();
    private final boolean known;
    private boolean changed = true;
    private @Nullable Instant seen;

    private ParseWatch(ServerApi server, String dagId, @Nullable Instant before, boolean known) {
        this.server = server;
        this.dagId = dagId;
        this.before = before;
        this.known = known;
    }

    /** Remembers what stood there before the file is written. */
    static ParseWatch before(ServerApi server, String dagId) {
        return new ParseWatch(
                server,
                dagId,
                ImportFailures.find(server, dagId, null).map(ImportProblem::at).orElse(null),
                server.findDag(dagId, null).isPresent());
    }

    /** Is told whether the file changed. */
    void published(boolean fileChanged) {
        changed = fileChanged;
    }

    /** Returns the problem of the file as it is now, once that is sure. */
    Optional<ImportProblem> problem(Deadline deadline) {
        Optional<ImportProblem> problem = ImportFailures.find(server, dagId, deadline);
        if (problem.isEmpty() || !changed || before == null) {
            return problem;
        }
        if (problem.get().at().isAfter(before)) {
            newer.add(problem.get().at());
        }
        return newer.size() > 1 ? problem : Optional.empty();
    }

    /**
     * Tells whether the file was read again after the server first showed its text, which it may have shown beside what an earlier reading gave.
     * A DAG that was not known before has no earlier reading.
     */
    boolean readAfterwards(Instant parsedAt) {
        if (!known || !changed) {
            return true;
        }
        Instant first = seen;
        if (first == null) {
            seen = parsedAt;
            return false;
        }
        return parsedAt.isAfter(first);
    }
}
