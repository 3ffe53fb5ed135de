package dev.fairlead.airflow.internal;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLog;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.spi.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What both generations of Airflow's REST API answer, in our words. What is called while waiting takes the waiter's deadline. */
public interface ServerApi {
    DagInfo dag(String dagId);

    Optional<DagInfo> findDag(String dagId, @Nullable Deadline deadline);

    PagedIterable<DagInfo> dags();

    DagInfo pause(String dagId, boolean paused);

    void deleteDag(String dagId);

    /** Returns the source of the version parsed last. */
    Optional<String> source(String dagId, @Nullable Deadline deadline);

    /** Returns the number of the version parsed last. */
    OptionalInt version(String dagId, @Nullable Deadline deadline);

    /** Lists import problems; of files of this name where one is given. */
    PagedIterable<ImportProblem> importProblems(@Nullable String fileName, @Nullable Deadline deadline);

    /** Asks for a file to be parsed soon; returns whether the server took it. */
    boolean parseSoon(String fileToken);

    DagRun trigger(String dagId, String runId, TriggerRequest request);

    DagRun run(String dagId, String runId, @Nullable Deadline deadline);

    Optional<DagRun> findRun(String dagId, String runId, @Nullable Deadline deadline);

    PagedIterable<DagRun> runs(String dagId, List<DagRunState> states);

    Optional<DagRun> runAt(String dagId, Instant logicalDate);

    DagRun endRun(String dagId, String runId, DagRunState state);

    void deleteRun(String dagId, String runId);

    PagedIterable<TaskInstance> tasks(String dagId, String runId, @Nullable Deadline deadline);

    List<TaskInstance> tries(String dagId, String runId, String taskId);

    TaskLog log(String dagId, String runId, String taskId, int tryNumber);

    Optional<Object> output(String dagId, String runId, String taskId);
}
