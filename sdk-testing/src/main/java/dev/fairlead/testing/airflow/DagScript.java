package dev.fairlead.testing.airflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Says how the runs of a DAG go that start from now on. Thread-safe. */
public interface DagScript {
    /** Lets each run succeed after so long, however many tasks it has. */
    DagScript succeedAfter(Duration duration);

    /** Lets every try of a task take so long. */
    DagScript taskTakes(String taskId, Duration duration);

    /** Lets every try of a task fail; the last line of the log is the message of the error. */
    DagScript failTask(String taskId, String log);

    /** Lets the first tries of a task in each run fail. */
    DagScript failTask(String taskId, String log, int tries);

    /** Plays a task of this DAG instead of what is set for its kind. */
    DagScript onTask(String taskId, TaskHandler handler);

    /** Lets a task of this DAG ask people, with the values they may give along; it succeeds when somebody answers. */
    DagScript asks(String taskId, String subject, List<String> options, Map<String, Object> params);

    /** Lets the server fail to import the file from now on, with the error at the lines of a task. */
    DagScript failImport(String taskId, String error);

    /** Lets the server import the file again. */
    DagScript mendImport();
}
