package dev.fairlead.airflow.internal;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.ClearRequest;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.LogLine;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLog;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the server answers about runs and their tasks. */
public interface RunApi {
    /** Returns whether the server gives a logical date of its own to a run that asks for none. */
    boolean datesEveryRun();

    DagRun trigger(String dagId, String runId, TriggerRequest request);

    DagRun run(String dagId, String runId, @Nullable Deadline deadline);

    Optional<DagRun> findRun(String dagId, String runId, @Nullable Deadline deadline);

    PagedIterable<DagRun> runs(String dagId, List<DagRunState> states);

    /** Lists the runs of many DAGs; those that ended last come first. */
    PagedIterable<DagRun> runsOf(Collection<String> dagIds, List<DagRunState> states, @Nullable Deadline deadline);

    Optional<DagRun> runAt(String dagId, Instant logicalDate);

    /** Returns whether the server has a stream of a run's states. */
    boolean hasStates();

    /**
     * Opens the server's own stream of a run's states, one JSON object each line; empty where the server has none.
     *
     * @param every how often the server looks
     * @param silence how long the stream may bring nothing
     */
    Optional<Reply> states(String dagId, String runId, Duration every, Duration silence, Deadline deadline);

    DagRun endRun(String dagId, String runId, DagRunState state);

    DagRun noteRun(String dagId, String runId, String note);

    void deleteRun(String dagId, String runId);

    PagedIterable<TaskInstance> tasks(String dagId, String runId, @Nullable Deadline deadline);

    /** Returns a task: one instance, or those it is mapped to. */
    List<TaskInstance> instances(String dagId, String runId, String taskId, @Nullable Deadline deadline);

    TaskInstance task(TaskKey task);

    List<TaskInstance> tries(TaskKey task);

    TaskLog log(TaskKey task, int tryNumber);

    /**
     * Reads the log of a try as a stream, line by line, without the server's remarks on where it found it.
     *
     * @param skip how many lines are known already
     * @param sink is given each line once, although the stream may break and be taken up
     */
    void readLog(TaskKey task, int tryNumber, int skip, Deadline deadline, Consumer<LogLine> sink);

    /** Returns what a task returned. */
    Optional<Object> output(TaskKey task);

    /** Lists the tasks of a run that returned something. */
    List<TaskKey> returned(String dagId, String runId);

    /** Lets tasks run again, or only tells which they would be. */
    List<TaskInstance> clear(String dagId, String runId, ClearRequest request, boolean onlyTell);

    void markTask(TaskKey task, TaskState state);

    void noteTask(TaskKey task, String note);
}
