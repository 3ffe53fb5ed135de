package dev.fairlead.airflow.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tasks keep. */
public final class StateWire {
    private StateWire() {}

    public record State(
            @Nullable String key,
            @Nullable Object value,
            @Nullable String updatedAt,
            @Nullable String expiresAt) {}

    public record States(
            @Nullable List<State> assetStateStore,
            @Nullable List<State> taskStateStore,
            @Nullable Integer totalEntries) {}
}
