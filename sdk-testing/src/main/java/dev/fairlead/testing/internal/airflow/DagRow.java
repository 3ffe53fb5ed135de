package dev.fairlead.testing.internal.airflow;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A DAG as the server knows it: its file as it was published, and as it was parsed. Guarded by the state's lock. */
final class DagRow {
    final String dagId;
    final Map<String, RunRow> runs = new LinkedHashMap<>();

    /** The versions by number. */
    final TreeMap<Integer, Version> versions = new TreeMap<>();

    /** A version. */
    record Version(int number, PublishedDag dag, Instant createdAt) {}

    @Nullable
    PublishedDag file;

    @Nullable
    PublishedDag parsed;
    /** When a change of the file will be seen; unset when there is none. */
    @Nullable
    Instant due;

    @Nullable
    Instant parsedAt;

    Instant firstParsedAt = Instant.EPOCH;
    int version;
    boolean paused;
    boolean stale;
    boolean broken;
    /** When the file could first not be imported. */
    @Nullable
    Instant brokenSince;

    String stackTrace = "";

    DagRow(String dagId) {
        this.dagId = dagId;
    }

    /** The server tries a broken file again and again, and notes when. */
    Instant brokenAt(Instant now, Duration every) {
        Instant since = brokenSince == null ? now : brokenSince;
        long times = Duration.between(since, now).toMillis() / Math.max(1, every.toMillis());
        return since.plus(every.multipliedBy(Math.max(0, times)));
    }
}
