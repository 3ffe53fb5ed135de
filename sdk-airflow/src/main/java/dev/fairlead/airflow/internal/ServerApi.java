package dev.fairlead.airflow.internal;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagVersion;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Pages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What both generations of Airflow's REST API answer, in our words. What is called while waiting takes the waiter's deadline. */
public interface ServerApi extends RunApi {
    DagInfo dag(String dagId);

    Optional<DagInfo> findDag(String dagId, @Nullable Deadline deadline);

    PagedIterable<DagInfo> dags();

    DagInfo pause(String dagId, boolean paused);

    /** Pauses or unpauses the DAGs whose ids match; returns how many these are. */
    default int pauseAll(String idPattern, boolean paused) {
        throw new UnsupportedOperationException("this API was not taught it");
    }

    void deleteDag(String dagId);

    /** Returns the source of the version parsed last. */
    Optional<String> source(String dagId, @Nullable Deadline deadline);

    /** Returns the number of the version parsed last. */
    OptionalInt version(String dagId, @Nullable Deadline deadline);

    /** Returns the source of a version; only for a server that keeps versions. */
    default String source(String dagId, int version) {
        throw new UnsupportedOperationException("this API keeps no versions");
    }

    /** Returns a version; only for a server that keeps versions. */
    default DagVersion version(String dagId, int number) {
        throw new UnsupportedOperationException("this API keeps no versions");
    }

    /** Lists the versions, newest first; none for a server that keeps none. */
    default PagedIterable<DagVersion> versions(String dagId, @Nullable Deadline deadline) {
        return Pages.of("airflow versions", token -> new Page<>(List.of(), null));
    }

    /** Returns the mark of the version the server works by, empty text where it has none; empty where this API does not tell. */
    default Optional<String> mark(String dagId, @Nullable Deadline deadline) {
        return Optional.empty();
    }

    /** Lists import problems; of files of this name where one is given. */
    PagedIterable<ImportProblem> importProblems(@Nullable String fileName, @Nullable Deadline deadline);

    /** Asks for a file to be parsed soon; returns whether the server took it. */
    boolean parseSoon(String fileToken);
}
