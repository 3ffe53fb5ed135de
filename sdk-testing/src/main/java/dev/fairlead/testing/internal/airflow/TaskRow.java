package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.airflow.TaskOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task of a run, with its tries. Guarded by the state's lock. */
final class TaskRow {
    private static final Set<String> ENDED = Set.of("success", "failed", "upstream_failed", "skipped");

    final PublishedDag.TaskModel model;
    final List<Try> tries = new ArrayList<>();
    /** What was written as its output from outside, by key and index. */
    final Map<String, Object> outputs = new LinkedHashMap<>();

    @Nullable
    String state;

    @Nullable
    Instant endedAt;
    /** When a running try ends, or when the next try starts; unset while that is open. */
    @Nullable
    Instant due;

    /** The last try after which there is another. */
    int maxTries;

    @Nullable
    String note;

    TaskRow(PublishedDag.TaskModel model) {
        this.model = model;
        this.maxTries = model.retries();
    }

    /** One try. */
    static final class Try {
        final int number;
        final Instant startedAt;
        TaskOutcome outcome;

        @Nullable
        Instant endedAt;

        String state = "running";

        Try(int number, Instant startedAt, TaskOutcome outcome) {
            this.number = number;
            this.startedAt = startedAt;
            this.outcome = outcome;
        }
    }

    boolean ended() {
        return state != null && ENDED.contains(state);
    }

    boolean is(String word) {
        return word.equals(state);
    }

    @Nullable
    Try last() {
        return tries.isEmpty() ? null : tries.get(tries.size() - 1);
    }

    void end(String word, Instant at) {
        state = word;
        endedAt = at;
        due = null;
        Try last = last();
        if (last != null && last.endedAt == null) {
            last.endedAt = at;
            last.state = word.equals("up_for_retry") ? "failed" : word;
        }
    }

    /** Lets it run again, with as many tries as it had at first. */
    void clear() {
        Try last = last();
        if (last != null && last.endedAt == null) {
            last.endedAt = last.startedAt;
            last.state = "failed";
        }
        state = null;
        endedAt = null;
        due = null;
        maxTries = tries.size() + model.retries();
    }
}
