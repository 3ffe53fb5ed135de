package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.AssetInfo;
import dev.fairlead.airflow.StateStore;
import dev.fairlead.airflow.StateStores;

/** Finds what tasks keep on the server. */
public final class DefaultStateStores implements StateStores {
    private final Surface surface;

    /** Creates the area. */
    public DefaultStateStores(Surface surface) {
        this.surface = surface;
    }

    @Override
    public StateStore of(AssetInfo asset) {
        return new DefaultStateStore(surface, surface.root() + "/assets/" + asset.id() + "/state-store", null);
    }

    @Override
    public StateStore.OfTask of(String dagId, String runId, String taskId, int mapIndex) {
        return new DefaultStateStore(surface, surface.task(dagId, runId, taskId) + "/state-store", mapIndex);
    }
}
