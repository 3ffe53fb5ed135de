package dev.fairlead.airflow.internal;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.spi.Deadline;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One time of asking for all the runs that somebody waits for. Few are read one by one. Of many, those still active are listed in one go, and
 * what is missing there among those that ended last; what is in neither is read by itself, a few each time.
 */
final class RunRound {
    private static final int FEW = 2;
    /** Runs that ended long ago are further down than this. */
    private static final int ENDED_PAGES = 3;

    private static final List<DagRunState> ACTIVE = List.of(DagRunState.QUEUED, DagRunState.RUNNING);
    private static final List<DagRunState> ENDED = List.of(DagRunState.SUCCESS, DagRunState.FAILED);

    private final Supplier<ServerApi> api;
    private final Set<RunKey> wanted;
    private final Map<RunKey, DagRun> seen = new HashMap<>();
    private final Map<RunKey, MlPlatformException> troubles = new HashMap<>();
    private final Deadline deadline;
    private int requests;

    /** Asks for these, within a deadline; those that are read one by one are the first two. */
    RunRound(Supplier<ServerApi> api, Collection<RunKey> wanted, Deadline deadline) {
        this.api = api;
        this.wanted = new LinkedHashSet<>(wanted);
        this.deadline = deadline;
    }

    int requests() {
        return requests;
    }

    boolean alone() {
        return wanted.size() <= FEW;
    }

    @Nullable
    DagRun seen(RunKey run) {
        return seen.get(run);
    }

    Optional<MlPlatformException> trouble(RunKey run) {
        // a call cut short by a waiter's deadline tells nothing about the server
        return Optional.ofNullable(troubles.get(run)).filter(e -> !e.retryable() || !deadline.passed());
    }

    void ask() {
        try {
            ServerApi server = api.get();
            if (!alone()) {
                askForMany(server);
            }
            wanted.stream()
                    .filter(r -> !seen.containsKey(r))
                    .limit(FEW)
                    .toList()
                    .forEach(run -> read(server, run));
        } catch (MlPlatformException e) {
            requests++;
            wanted.stream().filter(r -> !seen.containsKey(r)).forEach(run -> troubles.put(run, e));
        }
    }

    private void askForMany(ServerApi server) {
        Set<String> dags = wanted.stream().map(RunKey::dagId).collect(Collectors.toCollection(LinkedHashSet::new));
        try {
            take(server.runsOf(dags, ACTIVE, deadline), Integer.MAX_VALUE);
            if (seen.size() < wanted.size()) {
                take(server.runsOf(dags, ENDED, deadline), ENDED_PAGES);
            }
        } catch (PermissionException e) {
            requests++; // who may not list all DAGs reads run by run
        }
    }

    private void take(PagedIterable<DagRun> runs, int atMost) {
        int pages = 0;
        for (PagedIterable.Page<DagRun> page : runs.byPage()) {
            requests++;
            for (DagRun run : page.items()) {
                RunKey key = new RunKey(run.dagId(), run.id());
                if (wanted.contains(key)) {
                    seen.put(key, run);
                }
            }
            if (++pages >= atMost || seen.size() == wanted.size()) {
                return;
            }
        }
    }

    private void read(ServerApi server, RunKey run) {
        requests++;
        try {
            seen.put(run, server.run(run.dagId(), run.runId(), deadline));
        } catch (MlPlatformException e) {
            troubles.put(run, e);
        }
    }
}
