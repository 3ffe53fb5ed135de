package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.LogLine;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLogLine;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Seen;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Follows the log of a task. What was told is remembered by its number alone, so that the place is found again whatever happens to the server,
 * and nothing but a line is held.
 */
final class LogFollow implements Look<TaskInstance> {
    private final ServerApi server;
    private final String dagId;
    private final String runId;
    private final String taskId;
    private final Consumer<TaskLogLine> listener;
    private final Map<Integer, Place> places = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean lastLook;

    /** How far the log of one instance was told. */
    private static final class Place {
        int tryNumber = 1;
        int lines;
    }

    LogFollow(ServerApi server, String dagId, String runId, String taskId, Consumer<TaskLogLine> listener) {
        this.server = server;
        this.dagId = dagId;
        this.runId = runId;
        this.taskId = taskId;
        this.listener = listener;
    }

    String operationId() {
        return dagId + "/" + runId + "/" + taskId;
    }

    @Override
    public Seen<TaskInstance> look(Deadline deadline) {
        lock.lock(); // two who wait share one place in the log
        try {
            return next(deadline);
        } finally {
            lock.unlock();
        }
    }

    private Seen<TaskInstance> next(Deadline deadline) {
        List<TaskInstance> instances = server.instances(dagId, runId, taskId, deadline);
        if (instances.isEmpty()) { // mapped over nothing yet, or over an empty list
            return runEnded(deadline)
                    ? new Seen.Done<>(nothing())
                    : new Seen.Pending<>("none", "the task is not mapped yet");
        }
        boolean more = false;
        for (TaskInstance one : instances) {
            more |= follow(one, deadline);
        }
        boolean ended = instances.stream().allMatch(i -> i.state().ended())
                || (instances.stream().anyMatch(i -> i.state().equals(TaskState.NONE)) && runEnded(deadline));
        if (ended && !more && lastLook) {
            return new Seen.Done<>(last(instances));
        }
        lastLook = ended; // the last lines may be written a moment after the state
        return new Seen.Pending<>(
                states(instances), instances.size() == 1 ? "" : instances.size() + " mapped instances");
    }

    private boolean runEnded(Deadline deadline) {
        return server.run(dagId, runId, deadline).state().ended();
    }

    private TaskInstance nothing() {
        return TaskInstance.builder().dagId(dagId).runId(runId).taskId(taskId).build();
    }

    private static TaskInstance last(List<TaskInstance> instances) {
        return instances.stream()
                .max(Comparator.comparing((TaskInstance i) -> i.endedAt().orElse(Instant.MIN))
                        .thenComparing(TaskInstance::mapIndex))
                .orElseThrow();
    }

    private static String states(List<TaskInstance> instances) {
        return instances.stream()
                .map(i -> i.state().value())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Tells what is new of one instance; returns whether anything was. */
    private boolean follow(TaskInstance now, Deadline deadline) {
        Place place = places.computeIfAbsent(now.mapIndex(), index -> new Place());
        boolean more = false;
        if (now.tryNumber() == 0) {
            return false; // nothing ran: the server's remark on that is no log
        }
        while (place.tryNumber <= now.tryNumber()) {
            more |= read(now, place, deadline);
            if (place.tryNumber == now.tryNumber()) {
                return more;
            }
            place.tryNumber++;
            place.lines = 0;
        }
        return more;
    }

    private boolean read(TaskInstance task, Place place, Deadline deadline) {
        int before = place.lines;
        int number = place.tryNumber;
        TaskKey key = new TaskKey(dagId, runId, taskId, task.mapIndex());
        try {
            server.readLog(key, number, before, deadline, line -> tell(task.mapIndex(), number, line, place));
        } catch (NotFoundException e) {
            return false; // a try that has only been planned has no log yet
        }
        return place.lines > before;
    }

    private void tell(int mapIndex, int tryNumber, LogLine line, Place place) {
        place.lines++;
        listener.accept(new TaskLogLine(mapIndex, tryNumber, line));
    }
}
