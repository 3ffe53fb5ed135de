package dev.fairlead.airflow.internal.surface;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.AssetAliasInfo;
import dev.fairlead.airflow.AssetEvent;
import dev.fairlead.airflow.AssetEventSpec;
import dev.fairlead.airflow.AssetInfo;
import dev.fairlead.airflow.Assets;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.QueuedAssetEvent;
import dev.fairlead.airflow.Runs;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.airflow.internal.rest.Trees;
import dev.fairlead.airflow.internal.rest.Values;
import dev.fairlead.airflow.internal.wire.AssetWire;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Repeat;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Assets on the server, or datasets of Airflow 2. */
public final class DefaultAssets implements Assets {
    private final Surface surface;
    private final Supplier<Runs> runs;

    /** Creates the area; {@code runs} follow what is started here. */
    public DefaultAssets(Surface surface, Supplier<Runs> runs) {
        this.surface = surface;
        this.runs = runs;
    }

    private String root() {
        return surface.root() + (surface.three() ? "/assets" : "/datasets");
    }

    @Override
    public PagedIterable<AssetInfo> list() {
        return listing(null, null);
    }

    private PagedIterable<AssetInfo> listing(@Nullable String uri, @Nullable String name) {
        return surface.paged(
                "assets/list",
                () -> surface.get("assets/list", root(), AssetWire.Assets.class)
                        .query("order_by", "id")
                        .query("uri_pattern", uri)
                        .query("name_pattern", name),
                wire -> wire.assets() == null ? wire.datasets() : wire.assets(),
                AssetWire.Assets::totalEntries,
                AssetValues::asset);
    }

    @Override
    public AssetInfo get(String uri) {
        return find(uri)
                .orElseThrow(() -> new NotFoundException(
                        surface.details("assets/get", "GET", root(), 404, "no DAG names an asset of the URI " + uri),
                        "deploy a DAG that names it, and await that"));
    }

    @Override
    public AssetInfo get(int id) {
        surface.require("assets by their number", 3, 0);
        return AssetValues.asset(surface.call(surface.get("assets/get", root() + "/" + id, AssetWire.Asset.class)));
    }

    @Override
    public Optional<AssetInfo> find(String uri) {
        return first(listing(uri, null), asset -> asset.uri().equals(uri));
    }

    @Override
    public Optional<AssetInfo> findByName(String name) {
        return surface.three()
                ? first(listing(null, name), asset -> asset.name().equals(name))
                : find(name);
    }

    /** The server looks for a part of the text, and takes some characters for patterns. */
    private static Optional<AssetInfo> first(PagedIterable<AssetInfo> assets, Predicate<AssetInfo> same) {
        return assets.stream().filter(same).findFirst();
    }

    @Override
    public PagedIterable<AssetAliasInfo> aliases() {
        surface.require("asset aliases", 3, 0);
        return surface.paged(
                "assets/aliases",
                () -> surface.get("assets/aliases", root() + "/aliases", AssetWire.Aliases.class)
                        .query("order_by", "name"),
                AssetWire.Aliases::assetAliases,
                AssetWire.Aliases::totalEntries,
                DefaultAssets::alias);
    }

    private static AssetAliasInfo alias(AssetWire.Alias wire) {
        return new AssetAliasInfo(Surface.number(wire.id()), Surface.text(wire.name()), Surface.text(wire.group()));
    }

    @Override
    public AssetAliasInfo alias(int id) {
        surface.require("asset aliases", 3, 0);
        return alias(surface.call(surface.get("assets/alias", root() + "/aliases/" + id, AssetWire.Alias.class)));
    }

    @Override
    public PagedIterable<AssetEvent> events(AssetInfo asset) {
        return events(spec -> spec.query(surface.three() ? "asset_id" : "dataset_id", asset.id()));
    }

    @Override
    public PagedIterable<AssetEvent> eventsOf(String dagId, String runId) {
        return events(spec -> spec.query("source_dag_id", dagId).query("source_run_id", runId));
    }

    private PagedIterable<AssetEvent> events(Consumer<CallSpec.Builder<AssetWire.Events>> filter) {
        return surface.paged(
                "assets/events",
                () -> {
                    CallSpec.Builder<AssetWire.Events> spec = surface.get(
                                    "assets/events", root() + "/events", AssetWire.Events.class)
                            .query("order_by", "-timestamp");
                    filter.accept(spec);
                    return spec;
                },
                AssetValues::events,
                AssetWire.Events::totalEntries,
                AssetValues::event);
    }

    @Override
    public List<AssetEvent> upstreamEvents(String dagId, String runId) {
        String path = surface.run(dagId, runId) + (surface.three() ? "/upstreamAssetEvents" : "/upstreamDatasetEvents");
        return AssetValues.events(surface.call(surface.get("assets/upstream", path, AssetWire.Events.class))).stream()
                .map(AssetValues::event)
                .toList();
    }

    @Override
    public AssetEvent post(AssetInfo asset, Consumer<AssetEventSpec.Builder> event) {
        AssetEventSpec.Builder builder = AssetEventSpec.builder();
        event.accept(builder);
        AssetEventSpec spec = builder.build();
        Map<String, Object> body = new LinkedHashMap<>();
        if (surface.three()) {
            body.put("asset_id", asset.id());
        } else {
            body.put("dataset_uri", asset.uri());
        }
        body.put("extra", spec.extra());
        spec.partitionKey().ifPresent(key -> {
            surface.require("partitions of assets", 3, 2);
            body.put("partition_key", key);
        });
        return AssetValues.event(
                surface.call(surface.send("assets/post", "POST", root() + "/events", body, AssetWire.Event.class)));
    }

    @Override
    public Operation<DagRun> materialize(AssetInfo asset, Consumer<TriggerRequest.Builder> request) {
        surface.require("making assets", 3, 0);
        TriggerRequest.Builder builder = TriggerRequest.builder();
        request.accept(builder);
        TriggerRequest wanted = builder.build();
        String runId = wanted.runId().orElseGet(() -> "fairlead__" + UUID.randomUUID());
        DagRun run;
        try {
            run = Values.run(surface.call(surface.send(
                            "assets/materialize",
                            "POST",
                            root() + "/" + asset.id() + "/materialize",
                            body(wanted, runId),
                            Wire.Run.class)
                    .repeat(Repeat.reconcile(deadline -> wire(asset, runId)))));
        } catch (ConflictException e) {
            // the server tells a taken run id and a second DAG alike
            run = wire(asset, runId)
                    .map(Values::run)
                    .filter(r -> Trees.same(r.conf(), conf(wanted)))
                    .orElseThrow(() -> e);
        }
        return runs.get().operation(run.dagId(), run.id());
    }

    private Optional<Wire.Run> wire(AssetInfo asset, String runId) {
        AssetWire.Asset now = surface.call(surface.get("assets/get", root() + "/" + asset.id(), AssetWire.Asset.class));
        List<String> makers = Surface.list(now.producingTasks()).stream()
                .map(t -> Surface.text(t.dagId()))
                .distinct()
                .toList();
        return makers.size() == 1
                ? Surface.found(() ->
                        surface.call(surface.get("dagRuns/get", surface.run(makers.get(0), runId), Wire.Run.class)))
                : Optional.empty();
    }

    private static Map<String, Object> body(TriggerRequest request, String runId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dag_run_id", runId);
        body.put("conf", request.conf());
        request.logicalDate().map(Instant::toString).ifPresent(date -> body.put("logical_date", date));
        request.note().ifPresent(note -> body.put("note", note));
        request.partitionKey().ifPresent(key -> body.put("partition_key", key));
        return body;
    }

    private static Map<String, Object> conf(TriggerRequest request) {
        return Surface.JSON.object(Surface.JSON.write(request.conf()), "a run's configuration");
    }

    @Override
    public List<QueuedAssetEvent> queued(AssetInfo asset) {
        return queued(ofAsset(asset));
    }

    @Override
    public List<QueuedAssetEvent> queuedFor(String dagId) {
        return queued(ofDag(dagId));
    }

    private List<QueuedAssetEvent> queued(String path) {
        return Surface.found(() -> surface.call(surface.get("assets/queued", path, AssetWire.QueuedEvents.class)))
                .map(wire -> Surface.list(wire.queuedEvents()))
                .orElse(List.of()) // Airflow 2 answers that there is none
                .stream()
                .map(AssetValues::queued)
                .toList();
    }

    @Override
    public boolean forgetQueued(AssetInfo asset) {
        return surface.delete("assets/forget", ofAsset(asset));
    }

    @Override
    public boolean forgetQueuedFor(String dagId) {
        return surface.delete("assets/forget", ofDag(dagId));
    }

    @Override
    public List<QueuedAssetEvent> queuedFor(String dagId, AssetInfo asset) {
        return queued(ofDag(dagId, asset));
    }

    @Override
    public boolean forgetQueuedFor(String dagId, AssetInfo asset) {
        return surface.delete("assets/forget", ofDag(dagId, asset));
    }

    private String ofDag(String dagId, AssetInfo asset) {
        return surface.dag(dagId)
                + (surface.three()
                        ? "/assets/" + asset.id() + "/queuedEvents"
                        : "/datasets/queuedEvent/" + CallSpec.encode(asset.uri()));
    }

    private String ofAsset(AssetInfo asset) {
        return surface.three()
                ? root() + "/" + asset.id() + "/queuedEvents"
                : root() + "/queuedEvent/" + CallSpec.encode(asset.uri());
    }

    private String ofDag(String dagId) {
        return surface.dag(dagId) + (surface.three() ? "/assets/queuedEvents" : "/datasets/queuedEvent");
    }
}
