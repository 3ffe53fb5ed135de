package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.AssetEvent;
import dev.fairlead.airflow.AssetInfo;
import dev.fairlead.airflow.AssetTask;
import dev.fairlead.airflow.QueuedAssetEvent;
import dev.fairlead.airflow.internal.wire.AssetWire;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes our values of assets, and of the datasets of Airflow 2. */
final class AssetValues {
    private AssetValues() {}

    static AssetInfo asset(AssetWire.Asset wire) {
        String uri = Surface.required(wire.uri(), "uri");
        List<AssetWire.Reference> scheduled =
                wire.scheduledDags() == null ? wire.consumingDags() : wire.scheduledDags();
        AssetWire.LastEvent last = wire.lastAssetEvent();
        return new AssetInfo(
                Surface.number(wire.id()),
                Objects.requireNonNullElse(wire.name(), uri),
                uri,
                Surface.text(wire.group()),
                Surface.map(wire.extra()),
                Surface.list(scheduled).stream()
                        .map(d -> Surface.text(d.dagId()))
                        .toList(),
                tasks(wire.producingTasks()),
                tasks(wire.consumingTasks()),
                Surface.list(wire.aliases()).stream()
                        .map(a -> Surface.text(a.name()))
                        .toList(),
                last == null ? null : Surface.instant(last.timestamp()));
    }

    private static List<AssetTask> tasks(@Nullable List<AssetWire.Reference> references) {
        return Surface.list(references).stream()
                .map(t -> new AssetTask(Surface.text(t.dagId()), Surface.text(t.taskId())))
                .toList();
    }

    static List<AssetWire.Event> events(AssetWire.Events wire) {
        return Surface.list(wire.assetEvents() == null ? wire.datasetEvents() : wire.assetEvents());
    }

    static AssetEvent event(AssetWire.Event wire) {
        return new AssetEvent(
                Surface.number(wire.id()),
                Surface.number(wire.assetId() == null ? wire.datasetId() : wire.assetId()),
                Surface.text(wire.uri() == null ? wire.datasetUri() : wire.uri()),
                Surface.time(wire.timestamp()),
                Surface.map(wire.extra()),
                wire.sourceDagId(),
                wire.sourceRunId(),
                wire.sourceTaskId(),
                wire.partitionKey(),
                Surface.list(wire.createdDagruns()).stream()
                        .map(r -> Surface.text(r.dagId()) + "/"
                                + Surface.text(r.runId() == null ? r.dagRunId() : r.runId()))
                        .toList());
    }

    static QueuedAssetEvent queued(AssetWire.Queued wire) {
        return new QueuedAssetEvent(
                Surface.text(wire.dagId()),
                wire.assetId() == null ? Surface.text(wire.uri()) : String.valueOf(wire.assetId()),
                Surface.time(wire.createdAt()));
    }
}
