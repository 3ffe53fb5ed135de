package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.Backfill;
import dev.fairlead.airflow.BackfillFailedException;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.internal.rest.Values;
import dev.fairlead.airflow.internal.wire.BackfillWire;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Seen;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at a backfill until all its runs have ended. A server that cannot be asked now is taken for work that goes on. */
final class BackfillWatch {
    private static final int NAMED = 5;
    private static final int PAGE = 100;

    private final Surface surface;
    private final int id;

    BackfillWatch(Surface surface, int id) {
        this.surface = surface;
        this.id = id;
    }

    Seen<Backfill> look(Deadline deadline) {
        try {
            return see(deadline);
        } catch (MlPlatformException e) {
            if (!e.retryable()) {
                throw e;
            }
            return new Seen.Pending<>("unknown", "the server cannot be asked now: " + e.getMessage());
        }
    }

    private Seen<Backfill> see(Deadline deadline) {
        surface.require("backfills", 3, 0);
        Backfill backfill = DefaultBackfills.value(surface.call(
                surface.get("backfills/get", surface.root() + "/backfills/" + id, BackfillWire.Backfill.class),
                deadline));
        if (backfill.endedAt().isEmpty()) {
            List<DagRun> runs = runs(backfill, null, deadline);
            long ended = runs.stream().filter(r -> r.state().ended()).count();
            return new Seen.Pending<>(
                    backfill.paused() ? "paused" : "running",
                    runs.size() < PAGE ? ended + " of " + runs.size() + " runs ended" : "");
        }
        List<DagRun> failed = runs(backfill, DagRunState.FAILED, deadline);
        return failed.isEmpty() ? new Seen.Done<>(backfill) : new Seen.Failed<>(failure(backfill, failed));
    }

    /** A run does not tell its backfill: it is ours if it was queued since, for one of our dates. */
    private List<DagRun> runs(Backfill backfill, @Nullable DagRunState state, Deadline deadline) {
        Wire.Runs wire = surface.call(
                surface.get("dagRuns/list", surface.dag(backfill.dagId()) + "/dagRuns", Wire.Runs.class)
                        .query("run_type", "backfill")
                        .query("state", state)
                        .query("logical_date_gte", backfill.firstDate())
                        .query("logical_date_lte", backfill.lastDate())
                        .query("order_by", "logical_date")
                        .query("limit", PAGE),
                deadline);
        return Surface.list(wire.dagRuns()).stream()
                .map(Values::run)
                .filter(r -> r.queuedAt()
                        .filter(at -> !at.isBefore(backfill.createdAt()))
                        .isPresent())
                .toList();
    }

    private static BackfillFailedException failure(Backfill backfill, List<DagRun> failed) {
        String which = failed.stream().limit(NAMED).map(DagRun::id).collect(Collectors.joining(", "));
        return new BackfillFailedException(
                "airflow backfill " + backfill.id() + " of DAG " + backfill.dagId() + " has ended, and " + failed.size()
                        + " of its runs failed or were cancelled: " + which + (failed.size() > NAMED ? ", ..." : "")
                        + "; see runs().operation(…) of each, and make another with reprocess(FAILED)",
                backfill,
                failed);
    }
}
