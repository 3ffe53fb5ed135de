package dev.fairlead.airflow.internal.surface;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.StateStore;
import dev.fairlead.airflow.StoredState;
import dev.fairlead.airflow.internal.wire.StateWire;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Problems;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept at one place of the server.
 *
 * @param surface the calls
 * @param root the path of the place
 * @param mapIndex which of the tasks that a task is mapped to, or {@code null} for an asset
 */
record DefaultStateStore(
        Surface surface, String root, @Nullable Integer mapIndex) implements StateStore.OfTask {
    private <T> CallSpec.Builder<T> at(CallSpec.Builder<T> spec) {
        return spec.query("map_index", mapIndex);
    }

    private void require() {
        surface.require("stores of states", 3, 3);
    }

    private String path(String key) {
        require();
        Problems.check("state", (Problems.Checked) at -> {
            at.requireText("key", key);
            at.require(!key.equals(".") && !key.equals(".."), "key", "must not be a path", key);
        });
        return root + "/" + CallSpec.encode(key);
    }

    @Override
    public PagedIterable<StoredState> list() {
        require();
        return surface.paged(
                "states/list",
                () -> at(surface.get("states/list", root, StateWire.States.class)),
                wire -> wire.assetStateStore() == null ? wire.taskStateStore() : wire.assetStateStore(),
                StateWire.States::totalEntries,
                DefaultStateStore::value);
    }

    private static StoredState value(StateWire.State wire) {
        return new StoredState(
                Surface.required(wire.key(), "key"),
                Surface.required(wire.value(), "value"),
                Surface.time(wire.updatedAt()),
                Optional.ofNullable(Surface.instant(wire.expiresAt())));
    }

    @Override
    public Optional<StoredState> find(String key) {
        return Surface.found(
                () -> value(surface.call(at(surface.get("states/get", path(key), StateWire.State.class)))));
    }

    @Override
    public void set(String key, Object value) {
        write("PUT", key, Map.of("value", value));
    }

    @Override
    public void set(String key, Object value, Instant until) {
        write("PUT", key, Map.of("value", value, "expires_at", until.toString()));
    }

    @Override
    public void keep(String key, Object value) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("value", value);
        body.put("expires_at", null);
        write("PUT", key, body);
    }

    @Override
    public void update(String key, Object value) {
        write("PATCH", key, Map.of("value", value));
    }

    private void write(String method, String key, Map<String, ? extends @Nullable Object> body) {
        surface.call(at(surface.send("states/write", method, path(key), body, Decoder.nothing())
                .repeatable()));
    }

    @Override
    public void delete(String key) {
        surface.call(at(surface.send("states/delete", "DELETE", path(key), null, Decoder.nothing())
                .repeatable()));
    }

    @Override
    public void clear() {
        clear(false);
    }

    @Override
    public void clearAll() {
        clear(true);
    }

    private void clear(boolean all) {
        require();
        surface.call(at(surface.send("states/clear", "DELETE", root, null, Decoder.nothing())
                .query("all_map_indices", all ? true : null)
                .repeatable()));
    }
}
