package dev.fairlead.airflow.internal.surface;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.XCom;
import dev.fairlead.airflow.XComKey;
import dev.fairlead.airflow.XComs;
import dev.fairlead.airflow.internal.wire.CatalogWire;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Outputs of tasks on the server. */
public final class DefaultXComs implements XComs {
    private final Surface surface;

    /** Creates the area. */
    public DefaultXComs(Surface surface) {
        this.surface = surface;
    }

    @Override
    public PagedIterable<XCom> list(String dagId, String runId) {
        return list(dagId, runId, "~");
    }

    @Override
    public PagedIterable<XCom> list(String dagId, String runId, String taskId) {
        return surface.paged(
                "xcomEntries/list",
                () -> surface.get("xcomEntries/list", entries(dagId, runId, taskId), CatalogWire.XComs.class),
                CatalogWire.XComs::xcomEntries,
                CatalogWire.XComs::totalEntries,
                wire -> new XCom(
                        new XComKey(
                                dagId,
                                Objects.requireNonNullElse(wire.runId(), runId),
                                Surface.required(wire.taskId(), "task_id"),
                                Objects.requireNonNullElse(wire.mapIndex(), -1),
                                Surface.required(wire.key(), "key")),
                        Surface.time(wire.timestamp())));
    }

    private String entries(String dagId, String runId, String taskId) {
        return surface.task(dagId, runId, taskId) + "/xcomEntries";
    }

    private String entries(XComKey key) {
        return entries(key.dagId(), key.runId(), key.taskId());
    }

    private String path(XComKey key) {
        return entries(key) + "/" + CallSpec.encode(key.key());
    }

    @Override
    public Optional<Object> find(XComKey key) {
        return Surface.found(() -> surface.call(CallSpec.get("xcomEntries/get", path(key), Surface.TREE)
                        .query("map_index", key.mapIndex())
                        .query("stringify", false)))
                .map(tree -> tree.get("value"));
    }

    @Override
    public void set(XComKey key, @Nullable Object value) {
        surface.require("writing outputs of tasks", 3, 0);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("value", value);
        body.put("map_index", key.mapIndex());
        try {
            patch(key, body);
        } catch (NotFoundException e) {
            Map<String, @Nullable Object> create = new LinkedHashMap<>(body);
            create.put("key", key.key());
            try {
                surface.call(surface.send("xcomEntries/create", "POST", entries(key), create, Decoder.nothing()));
            } catch (ConflictException taken) {
                patch(key, body); // another was faster, or our own answer was lost
            }
        }
    }

    private void patch(XComKey key, Map<String, @Nullable Object> body) {
        surface.call(surface.send("xcomEntries/update", "PATCH", path(key), body, Decoder.nothing())
                .repeatable());
    }

    @Override
    public boolean delete(XComKey key) {
        surface.require("deleting outputs of tasks", 3, 2);
        return surface.delete("xcomEntries/delete", path(key) + "?map_index=" + key.mapIndex());
    }
}
