package dev.fairlead.airflow.internal.surface;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.Backfill;
import dev.fairlead.airflow.BackfillSpec;
import dev.fairlead.airflow.Backfills;
import dev.fairlead.airflow.PlannedRun;
import dev.fairlead.airflow.Reprocess;
import dev.fairlead.airflow.internal.rest.Trees;
import dev.fairlead.airflow.internal.wire.BackfillWire;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.spi.Poller.Spec;
import dev.fairlead.spi.Repeat;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Backfills on the server. */
public final class DefaultBackfills implements Backfills {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Surface surface;

    /** Creates the area. */
    public DefaultBackfills(Surface surface) {
        this.surface = surface;
    }

    private String root() {
        surface.require("backfills", 3, 0);
        return surface.root() + "/backfills";
    }

    @Override
    public List<PlannedRun> plan(BackfillSpec backfill) {
        BackfillWire.Plan plan = surface.call(
                surface.send("backfills/plan", "POST", root() + "/dry_run", body(backfill), BackfillWire.Plan.class)
                        .repeatable());
        return Surface.list(plan.backfills()).stream()
                .map(p -> new PlannedRun(Surface.instant(p.logicalDate()), p.partitionKey()))
                .toList();
    }

    @Override
    public Operation<Backfill> create(BackfillSpec backfill) {
        Backfill made;
        try {
            made = value(surface.call(surface.send(
                            "backfills/create", "POST", root(), body(backfill), BackfillWire.Backfill.class)
                    .repeat(Repeat.reconcile(deadline -> wires(backfill.dagId())
                            .filter(wire -> same(value(wire), backfill))
                            .findFirst()))));
        } catch (ConflictException e) {
            made = explain(e, backfill);
        }
        return follow(made.id(), made.dagId());
    }

    /** One backfill of a DAG runs at a time, so that the one that runs with this description is the one meant. */
    private Backfill explain(ConflictException e, BackfillSpec backfill) {
        Optional<Backfill> running = running(backfill.dagId());
        if (running.isEmpty()) {
            throw e;
        }
        Backfill other = running.get();
        if (same(other, backfill)) {
            return other;
        }
        throw new ConflictException(
                e.details()
                        .withReason("backfill " + other.id() + " of DAG " + other.dagId() + " is running from "
                                + other.firstDate() + " to " + other.lastDate()),
                "await it with backfills().operation(\"" + other.id() + "\"), or cancel it");
    }

    private static boolean same(Backfill now, BackfillSpec wanted) {
        Map<String, Object> conf = Surface.JSON.object(Surface.JSON.write(wanted.conf()), "a configuration");
        return now.endedAt().isEmpty()
                && now.firstDate().equals(wanted.firstDate().truncatedTo(ChronoUnit.MICROS))
                && now.lastDate().equals(wanted.lastDate().truncatedTo(ChronoUnit.MICROS))
                && now.reprocess() == wanted.reprocess()
                && now.maxActiveRuns() == wanted.maxActiveRuns()
                && Trees.same(now.conf(), conf);
    }

    @Override
    public Operation<Backfill> operation(String operationId) {
        if (!operationId.matches("[0-9]{1,9}")) {
            throw new InvalidValueException(
                    "operation id",
                    List.of(new InvalidValueException.Problem(
                            "operationId", "must be that of a backfill, such as 12", "'" + operationId + "'")));
        }
        return follow(Integer.parseInt(operationId), "");
    }

    private Operation<Backfill> follow(int id, String dagId) {
        return surface.platform()
                .poller()
                .operation(new Spec<>(
                        String.valueOf(id),
                        "airflow backfill " + id + (dagId.isEmpty() ? "" : " of DAG " + dagId),
                        new BackfillWatch(surface, id)::look,
                        FIRST,
                        LONGEST,
                        () -> cancel(id)));
    }

    @Override
    public Backfill get(int id) {
        return value(surface.call(surface.get("backfills/get", root() + "/" + id, BackfillWire.Backfill.class)));
    }

    @Override
    public Optional<Backfill> running(String dagId) {
        return list(dagId).stream().filter(b -> b.endedAt().isEmpty()).findFirst();
    }

    @Override
    public PagedIterable<Backfill> list(String dagId) {
        String root = root();
        return surface.paged(
                "backfills/list",
                () -> surface.get("backfills/list", root, BackfillWire.Backfills.class)
                        .query("dag_id", dagId)
                        .query("order_by", "-id"),
                BackfillWire.Backfills::backfills,
                BackfillWire.Backfills::totalEntries,
                DefaultBackfills::value);
    }

    /** The latest ones as they come, for a lost answer. */
    private Stream<BackfillWire.Backfill> wires(String dagId) {
        return Surface.list(surface.call(surface.get("backfills/list", root(), BackfillWire.Backfills.class)
                                .query("dag_id", dagId)
                                .query("order_by", "-id"))
                        .backfills())
                .stream();
    }

    @Override
    public Backfill pause(int id) {
        return put(id, "pause");
    }

    @Override
    public Backfill unpause(int id) {
        return put(id, "unpause");
    }

    @Override
    public Backfill cancel(int id) {
        try {
            return put(id, "cancel");
        } catch (ConflictException e) {
            return get(id); // it has ended, which is what was wanted
        }
    }

    private Backfill put(int id, String verb) {
        return value(surface.call(surface.send(
                        "backfills/" + verb, "PUT", root() + "/" + id + "/" + verb, null, BackfillWire.Backfill.class)
                .repeatable()));
    }

    private static Map<String, Object> body(BackfillSpec backfill) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dag_id", backfill.dagId());
        body.put("from_date", backfill.firstDate().toString());
        body.put("to_date", backfill.lastDate().toString());
        body.put("run_backwards", backfill.backwards());
        body.put("dag_run_conf", backfill.conf());
        body.put("reprocess_behavior", backfill.reprocess().word());
        body.put("max_active_runs", backfill.maxActiveRuns());
        return body;
    }

    static Backfill value(BackfillWire.Backfill wire) {
        return new Backfill(
                Surface.number(wire.id()),
                Surface.required(wire.dagId(), "dag_id"),
                Surface.time(wire.fromDate()),
                Surface.time(wire.toDate()),
                Surface.map(wire.dagRunConf()),
                Boolean.TRUE.equals(wire.isPaused()),
                Stream.of(Reprocess.values())
                        .filter(r -> r.word().equals(wire.reprocessBehavior()))
                        .findFirst()
                        .orElse(Reprocess.NONE),
                Surface.number(wire.maxActiveRuns()),
                Surface.time(wire.createdAt()),
                Surface.instant(wire.completedAt()));
    }
}
