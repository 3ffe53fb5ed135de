package dev.fairlead.airflow.internal.surface;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.admin.Applied;
import dev.fairlead.airflow.admin.Bulk;
import dev.fairlead.airflow.admin.BulkResult;
import dev.fairlead.airflow.admin.Pool;
import dev.fairlead.airflow.admin.PoolSpec;
import dev.fairlead.airflow.admin.Pools;
import dev.fairlead.airflow.admin.Secrets;
import dev.fairlead.airflow.internal.wire.AdminWire;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Pools on the server. */
public final class DefaultPools implements Pools {
    private final Surface surface;
    private final Upkeep<Pool> upkeep;

    /** Creates the area. */
    public DefaultPools(Surface surface) {
        this.surface = surface;
        this.upkeep = new Upkeep<>(surface, "pools", DefaultPools::value);
    }

    @Override
    public PagedIterable<Pool> list() {
        return surface.paged(
                "pools/list",
                () -> surface.get("pools/list", upkeep.collection(), AdminWire.Pools.class)
                        .query("order_by", "name"),
                AdminWire.Pools::pools,
                AdminWire.Pools::totalEntries,
                DefaultPools::value);
    }

    @Override
    public Pool get(String name) {
        return upkeep.get(name);
    }

    @Override
    public Optional<Pool> find(String name) {
        return upkeep.find(name).map(DefaultPools::value);
    }

    @Override
    public Pool create(PoolSpec pool) {
        return upkeep.create(pool.name(), body(pool));
    }

    @Override
    public Pool ensure(String name, int slots) {
        return upkeep.ensure(name, body(PoolSpec.of(name, slots)));
    }

    @Override
    public Applied<Pool> apply(PoolSpec pool) {
        Map<String, Object> whole = new LinkedHashMap<>(body(pool));
        if (surface.three()) {
            whole.put("pool", pool.name()); // a change calls it so, and wants these fields whatever is masked
            whole.remove("name");
            whole.putIfAbsent("include_deferred", false);
        }
        return upkeep.apply(pool.name(), body(pool), whole, Secrets.WRITE);
    }

    @Override
    public boolean delete(String name) {
        return upkeep.delete(name);
    }

    @Override
    public BulkResult bulk(Consumer<Bulk<PoolSpec>> changes) {
        BulkCalls<PoolSpec> bulk =
                new BulkCalls<>(DefaultPools::body, body -> body.putIfAbsent("include_deferred", false));
        changes.accept(bulk);
        return bulk.send(surface, "pools");
    }

    private static Map<String, Object> body(PoolSpec pool) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", pool.name());
        body.put("slots", pool.slots());
        pool.description().ifPresent(d -> body.put("description", d));
        pool.includeDeferred().ifPresent(i -> body.put("include_deferred", i));
        return body;
    }

    private static Pool value(Map<String, Object> tree) {
        AdminWire.Pool wire = Surface.JSON.convert(tree, AdminWire.Pool.class, "a pool");
        return new Pool(
                Surface.required(wire.name(), "name"),
                Surface.number(wire.slots()),
                Surface.text(wire.description()),
                Boolean.TRUE.equals(wire.includeDeferred()),
                Surface.number(wire.runningSlots()),
                Surface.number(wire.queuedSlots()),
                Surface.number(wire.scheduledSlots()),
                Surface.number(wire.deferredSlots()),
                Surface.number(wire.openSlots()));
    }
}
