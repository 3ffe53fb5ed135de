package dev.fairlead.mlflow.internal.traces;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.DatasetFilter;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.Decode;
import dev.fairlead.mlflow.internal.DistinctPages;
import dev.fairlead.mlflow.internal.JsonTrees;
import dev.fairlead.mlflow.internal.Lost;
import dev.fairlead.mlflow.internal.wire.EvaluationWire;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.mlflow.traces.EvaluationDataset;
import dev.fairlead.mlflow.traces.EvaluationDatasets;
import dev.fairlead.mlflow.traces.EvaluationRecord;
import dev.fairlead.mlflow.traces.EvaluationSource;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Evaluation datasets on the server. */
final class DefaultEvaluationDatasets implements EvaluationDatasets {
    private static final String ROOT = "3.0/mlflow/datasets/";
    private static final int PAGE = 200;

    private final Api api;

    DefaultEvaluationDatasets(Api api) {
        this.api = api;
    }

    private <T> CallSpec.Builder<T> call(
            String operation, String method, String path, @Nullable Object body, Class<T> type) {
        api.require("evaluation datasets", "3.4");
        return api.call("datasets/" + operation, method, ROOT + path, body, type);
    }

    private static String path(String id, String more) {
        return CallSpec.encode(id) + more;
    }

    @Override
    public EvaluationDataset create(String name, Collection<String> experimentIds, Map<String, String> tags) {
        Problems.check("evaluation dataset", (Problems.Checked) at -> {
            at.requireText("name", name);
            at.require(
                    !tags.containsKey(KEY_TAG),
                    "tags",
                    "must not set " + KEY_TAG + ", which is kept for a key",
                    KEY_TAG);
        });
        String key = UUID.randomUUID().toString();
        Map<String, String> all = new LinkedHashMap<>(tags);
        all.put(KEY_TAG, key);
        EvaluationWire.Create body = new EvaluationWire.Create(name, List.copyOf(experimentIds), Api.JSON.text(all));
        return decode(Lost.keyed(
                        api,
                        deadline -> made(key, deadline),
                        repeat -> api.send(call("create", "POST", "create", body, EvaluationWire.Single.class)
                                .repeat(repeat)),
                        twin -> delete(Objects.requireNonNull(twin.dataset().datasetId(), "dataset_id")))
                .dataset());
    }

    private List<EvaluationWire.Single> made(String key, Deadline deadline) {
        CallSpec<EvaluationWire.Page> search =
                search(List.of(), DatasetFilter.tag(KEY_TAG).eq(key), null);
        List<EvaluationWire.Single> all = new ArrayList<>();
        // they come newest first
        Decode.list(api.calls().call(search, deadline).datasets())
                .forEach(dataset -> all.add(0, new EvaluationWire.Single(dataset)));
        return all;
    }

    private CallSpec<EvaluationWire.Page> search(
            Collection<String> experimentIds, Filter filter, @Nullable String token) {
        EvaluationWire.Search body = new EvaluationWire.Search(
                List.copyOf(experimentIds), filter.text(), PAGE, List.of("created_time DESC"), token);
        return call("search", "POST", "search", body, EvaluationWire.Page.class)
                .repeatable()
                .build();
    }

    @Override
    public EvaluationDataset get(String id) {
        return decode(api.send(call("get", "GET", path(id, ""), null, EvaluationWire.Single.class)
                        .repeatable())
                .dataset());
    }

    @Override
    public Optional<EvaluationDataset> find(String id) {
        try {
            return Optional.of(get(id));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public PagedIterable<EvaluationDataset> search(Collection<String> experimentIds, Filter filter) {
        PagedIterable<EvaluationDataset> pages = Pages.of("mlflow datasets/search", token -> {
            EvaluationWire.Page page = api.calls().call(search(experimentIds, filter, token));
            return new Page<>(
                    Decode.list(page.datasets()).stream()
                            .map(DefaultEvaluationDatasets::decode)
                            .toList(),
                    page.nextPageToken());
        });
        return new DistinctPages<>(pages, EvaluationDataset::id);
    }

    @Override
    public List<String> experimentIds(String id) {
        Collection<String> ids = api.send(call(
                                "experiment-ids",
                                "GET",
                                path(id, "/experiment-ids"),
                                null,
                                EvaluationWire.Experiments.class)
                        .repeatable())
                .experimentIds();
        return ids == null ? List.of() : List.copyOf(ids);
    }

    @Override
    public void addToExperiments(String id, Collection<String> experimentIds) {
        move("add-experiments", id, experimentIds);
    }

    @Override
    public void removeFromExperiments(String id, Collection<String> experimentIds) {
        move("remove-experiments", id, experimentIds);
    }

    private void move(String how, String id, Collection<String> experimentIds) {
        api.require("moving evaluation datasets between experiments", "3.7");
        EvaluationWire.Single unused = api.send(call(
                        how,
                        "POST",
                        path(id, "/" + how),
                        new EvaluationWire.Experiments(List.copyOf(experimentIds)),
                        EvaluationWire.Single.class)
                .repeatable());
    }

    @Override
    public void setTags(String id, Map<String, String> tags) {
        ServerWire.Empty unused = api.send(call(
                        "set-tags",
                        "PATCH",
                        path(id, "/tags"),
                        new EvaluationWire.Tags(Api.JSON.text(tags)),
                        ServerWire.Empty.class)
                .repeatable());
    }

    @Override
    public void deleteTag(String id, String key) {
        remove("delete-tag", path(id, "/tags/" + CallSpec.encode(key)));
    }

    @Override
    public void delete(String id) {
        remove("delete", path(id, ""));
    }

    private void remove(String operation, String path) {
        try {
            ServerWire.Empty unused = api.send(call(operation, "DELETE", path, null, ServerWire.Empty.class)
                    .repeatable());
        } catch (NotFoundException e) {
            // gone is what was wanted
        }
    }

    @Override
    public Stored put(String id, Collection<EvaluationRecord> records) {
        if (records.isEmpty()) {
            return new Stored(0, 0);
        }
        List<EvaluationWire.Put> all = records.stream()
                .map(r -> new EvaluationWire.Put(
                        r.inputs(),
                        some(r.outputs()),
                        some(r.expectations()),
                        r.tags().isEmpty() ? null : r.tags(),
                        r.source()
                                .map(s -> new EvaluationWire.Source(s.type(), s.data()))
                                .orElse(null)))
                .toList();
        EvaluationWire.Stored stored = api.send(call(
                        "put-records",
                        "POST",
                        path(id, "/records"),
                        new EvaluationWire.Records(Api.JSON.text(all), null),
                        EvaluationWire.Stored.class)
                .repeatable());
        return new Stored(
                Objects.requireNonNullElse(stored.insertedCount(), 0),
                Objects.requireNonNullElse(stored.updatedCount(), 0));
    }

    private static @Nullable Map<String, Object> some(Map<String, Object> map) {
        return map.isEmpty() ? null : map;
    }

    @Override
    public PagedIterable<EvaluationRecord> records(String id) {
        return Pages.of("mlflow datasets/records", token -> {
            EvaluationWire.Records page =
                    api.send(call("records", "GET", path(id, "/records"), null, EvaluationWire.Records.class)
                            .repeatable()
                            .query("max_results", PAGE)
                            .query("page_token", token));
            return new Page<>(records(page), page.nextPageToken());
        });
    }

    private static List<EvaluationRecord> records(EvaluationWire.Records page) {
        String json = Objects.requireNonNullElse(page.records(), "[]");
        if (!(JsonTrees.value(json, "the records of a dataset") instanceof List<?> list)) {
            throw new InvalidResponseException("mlflow answered with records that are no list", null);
        }
        List<EvaluationRecord> records = new ArrayList<>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> map) {
                records.add(record(JsonTrees.object(map)));
            }
        }
        return records;
    }

    private static EvaluationRecord record(Map<String, Object> tree) {
        return Decode.checked("dataset record", () -> {
            EvaluationRecord.Builder value = EvaluationRecord.builder()
                    .inputs(map(tree, "inputs"))
                    .outputs(map(tree, "outputs"))
                    .expectations(map(tree, "expectations"))
                    .tags(JsonTrees.texts(map(tree, "tags")));
            if (tree.get("dataset_record_id") instanceof String id) {
                value.id(id);
            }
            Map<String, Object> source = map(tree, "source");
            if (source.get("source_type") instanceof String type) {
                value.source(new EvaluationSource(type, map(source, "source_data")));
            }
            time(tree, "created_time").ifPresent(value::createdAt);
            time(tree, "last_update_time").ifPresent(value::updatedAt);
            return value.build();
        });
    }

    private static Optional<Instant> time(Map<String, Object> tree, String key) {
        return Decode.time(tree.get(key) instanceof Number number ? number.longValue() : null);
    }

    private static Map<String, Object> map(Map<String, Object> tree, String key) {
        Object value = tree.get(key);
        if (value instanceof Map<?, ?> map) {
            return JsonTrees.object(map);
        }
        return value == null ? Map.of() : Map.of("value", value); // outputs may be any tree
    }

    @Override
    public int deleteRecords(String id, Collection<String> recordIds) {
        api.require("deleting records of evaluation datasets", "3.10");
        return Objects.requireNonNullElse(
                api.send(call(
                                "delete-records",
                                "DELETE",
                                path(id, "/records"),
                                new EvaluationWire.RecordIds(List.copyOf(recordIds)),
                                EvaluationWire.Deleted.class))
                        .deletedCount(),
                0);
    }

    private static EvaluationDataset decode(EvaluationWire.Dataset wire) {
        return Decode.checked("evaluation dataset", () -> {
            Map<String, String> tags = new LinkedHashMap<>(JsonTrees.texts(JsonTrees.parsed(wire.tags(), "tags")));
            tags.remove(KEY_TAG);
            EvaluationDataset.Builder value = EvaluationDataset.builder()
                    .id(Objects.requireNonNull(wire.datasetId(), "dataset_id"))
                    .name(Objects.requireNonNullElse(wire.name(), ""))
                    .tags(tags)
                    .digest(Objects.requireNonNullElse(wire.digest(), ""))
                    .schema(JsonTrees.parsed(wire.schema(), "the schema of a dataset"))
                    .profile(JsonTrees.parsed(wire.profile(), "the profile of a dataset"));
            Decode.time(wire.createdTime()).ifPresent(value::createdAt);
            Decode.time(wire.lastUpdateTime()).ifPresent(value::updatedAt);
            return value.build();
        });
    }
}
