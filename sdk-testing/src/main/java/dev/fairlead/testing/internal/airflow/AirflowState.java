package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.VirtualClock;
import dev.fairlead.testing.internal.airflow.Scripts.Script.ImportFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the fake knows. Everything happens when somebody looks: then all that is due up to the clock's now is done first, in its order. */
public final class AirflowState {
    private static final Duration PARSE_EVERY = Duration.ofSeconds(2);
    /** How many runs of a DAG may be active unless it says. */
    private static final int ACTIVE_RUNS = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, DagRow> dags = new TreeMap<>();
    /** Guarded by the lock. */
    final List<AssetRow> assets = new ArrayList<>();
    /** The parts that are down; guarded by the lock. */
    final Set<String> down = new HashSet<>();

    private final Clock clock;
    private final Duration parseDelay;
    private final Scripts scripts;

    public AirflowState(Clock clock, Duration parseDelay, Duration usual) {
        this.clock = clock;
        this.parseDelay = parseDelay;
        this.scripts = new Scripts(usual, clock);
    }

    public Scripts scripts() {
        return scripts;
    }

    Instant now() {
        return clock.instant();
    }

    /** Returns whether time passes by itself here, or only when somebody who waits moves it. */
    boolean timePasses() {
        return !(clock instanceof VirtualClock);
    }

    /** Does something under the lock, after all that is due. */
    <T> T with(Supplier<T> action) {
        lock.lock();
        try {
            advance();
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private void advance() {
        Instant now = now();
        for (DagRow dag : List.copyOf(dags.values())) {
            scriptedImports(dag, now);
            if (dag.due != null && !dag.due.isAfter(now)) {
                parse(dag, dag.due);
            }
            advanceRuns(dag, now);
        }
    }

    /** A changed import script is like a changed file. */
    private void scriptedImports(DagRow dag, Instant now) {
        boolean fails = dag.file != null && importFailure(dag).isPresent();
        if (dag.due == null && dag.file != null && fails != dag.broken) {
            dag.due = now;
        }
    }

    private Optional<ImportFailure> importFailure(DagRow dag) {
        return scripts.of(dag.dagId).importFailure();
    }

    private void parse(DagRow dag, Instant at) {
        dag.due = null;
        PublishedDag file = dag.file;
        Optional<ImportFailure> failure = importFailure(dag);
        if (file == null) {
            dag.stale = true;
            dag.broken = false;
        } else if (failure.isPresent()) {
            dag.stale = true;
            dag.broken = true;
            dag.brokenSince = at;
            dag.stackTrace = trace(file, failure.get());
        } else {
            take(dag, file, at);
        }
    }

    private void take(DagRow dag, PublishedDag file, Instant at) {
        if (dag.version == 0) {
            dag.paused = file.startsPaused();
        }
        boolean changed = dag.parsed == null || !dag.parsed.source().equals(file.source());
        boolean used = dag.runs.values().stream().anyMatch(r -> r.version == dag.version);
        if (dag.version == 0 || (changed && used)) {
            dag.version++; // a version that no run has used is replaced
        }
        DagRow.Version before = dag.versions.get(dag.version);
        dag.versions.put(dag.version, new DagRow.Version(dag.version, file, before == null ? at : before.createdAt()));
        dag.parsed = file;
        dag.parsedAt = at;
        dag.stale = false;
        dag.broken = false;
        dag.brokenSince = null;
    }

    private static String trace(PublishedDag file, ImportFailure failure) {
        return "Traceback (most recent call last):\n"
                + "  File \"<frozen importlib._bootstrap>\", line 241, in _call_with_frames_removed\n"
                + "  File \"/dags/" + file.fileName() + "\", line "
                + file.task(failure.taskId()).firstLine() + ", in <module>\n"
                + failure.error() + "\n";
    }

    private static void advanceRuns(DagRow dag, Instant now) {
        dag.runs.values().forEach(r -> r.advance(now));
        if (dag.paused || dag.stale) {
            return;
        }
        for (RunRow run : dag.runs.values()) {
            Integer most = run.dag.maxActiveRuns();
            long active = dag.runs.values().stream()
                    .filter(r -> r.state.equals("running"))
                    .count();
            if (run.state.equals("queued") && active < (most == null ? ACTIVE_RUNS : most)) {
                run.start(startOf(dag, run, now));
                run.advance(now);
            }
        }
    }

    /** A run starts when it was asked for, or when the one before it made room. */
    private static Instant startOf(DagRow dag, RunRow run, Instant now) {
        Integer most = run.dag.maxActiveRuns();
        if (most == null) {
            return run.queuedAt;
        }
        Instant room = dag.runs.values().stream()
                .filter(r -> r != run && r.endedAt != null)
                .map(r -> Objects.requireNonNull(r.endedAt))
                .max(Comparator.naturalOrder())
                .orElse(run.queuedAt);
        Instant start = room.isAfter(run.queuedAt) ? room : run.queuedAt;
        return start.isAfter(now) ? now : start;
    }

    /** Knows an asset from now on. */
    public void addAsset(String name, String uri, List<String> producers, List<String> consumers) {
        with(() -> assets.add(new AssetRow(assets.size() + 1, name, uri, producers, consumers)));
    }

    /** Takes a part for down, or for up again. */
    public void down(String part, boolean isDown) {
        with(() -> isDown ? down.add(part) : down.remove(part));
    }

    /** Takes a file; returns whether it changed. */
    boolean publish(PublishedDag file) {
        DagRow dag = dags.computeIfAbsent(file.dagId(), DagRow::new);
        boolean changed = dag.file == null || !dag.file.source().equals(file.source());
        dag.file = file;
        if (changed) {
            dag.due = now().plus(parseDelay);
        }
        return changed;
    }

    /** Takes a text that a version has; returns whether the file changed. */
    boolean restore(String dagId, String source) {
        PublishedDag known = Optional.ofNullable(dags.get(dagId)).stream()
                .flatMap(d -> d.versions.values().stream())
                .map(DagRow.Version::dag)
                .filter(d -> d.source().equals(source))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "the fake never had this text, and reads no Python"));
        return publish(known);
    }

    /** Changes the text of a file, as somebody by hand does. */
    public void edit(String dagId, UnaryOperator<String> change) {
        with(() -> {
            PublishedDag file = Optional.ofNullable(dags.get(dagId))
                    .map(d -> d.file)
                    .orElseThrow(() -> new IllegalArgumentException("DAG " + dagId + " has no file to change"));
            return publish(file.withSource(change.apply(file.source())));
        });
    }

    /** Removes a file; returns whether it was there. */
    boolean unpublish(String dagId) {
        DagRow dag = dags.get(dagId);
        if (dag == null || dag.file == null) {
            return false;
        }
        dag.file = null;
        dag.due = now().plus(parseDelay);
        return true;
    }

    /** Returns the file as it was published. */
    @Nullable
    String fileSource(String dagId) {
        DagRow dag = dags.get(dagId);
        return dag == null || dag.file == null ? null : dag.file.source();
    }

    /** Returns the DAGs that were parsed at least once. */
    Collection<DagRow> known() {
        return dags.values().stream().filter(d -> d.parsed != null).toList();
    }

    Optional<DagRow> find(String dagId) {
        return Optional.ofNullable(dags.get(dagId)).filter(d -> d.parsed != null);
    }

    DagRow get(String dagId, String message) {
        return find(dagId).orElseThrow(() -> new Refusal(404, message));
    }

    Collection<DagRow> broken() {
        return dags.values().stream().filter(d -> d.broken).toList();
    }

    Duration parseEvery() {
        return PARSE_EVERY;
    }

    /** Forgets a DAG; its file, if it is there, brings it back. */
    void delete(DagRow dag) {
        dags.remove(dag.dagId);
        if (dag.file != null) {
            publish(dag.file);
        }
    }

    void parseSoon(DagRow dag) {
        if (dag.due != null) {
            dag.due = now();
        } else if (!dag.broken && dag.file != null) {
            dag.parsedAt = now();
        }
    }

    /** Starts a run, or refuses it as the database does. */
    RunRow trigger(
            DagRow dag,
            String runId,
            @Nullable Instant date,
            Map<String, Object> conf,
            @Nullable String note,
            String user) {
        boolean taken = dag.runs.containsKey(runId)
                || (date != null && dag.runs.values().stream().anyMatch(r -> date.equals(r.logicalDate)));
        if (taken) {
            throw Refusal.unique();
        }
        PublishedDag parsed = Objects.requireNonNull(dag.parsed);
        RunRow run = new RunRow(parsed, dag.version, runId, date, now(), conf, note, user, scripts);
        dag.runs.put(runId, run);
        advanceRuns(dag, now());
        return run;
    }
}
