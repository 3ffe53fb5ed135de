package dev.fairlead.mlflow.internal;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.LoggedModel;
import dev.fairlead.mlflow.LoggedModelQuery;
import dev.fairlead.mlflow.LoggedModelSpec;
import dev.fairlead.mlflow.LoggedModelStatus;
import dev.fairlead.mlflow.LoggedModels;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.mlflow.internal.wire.LoggedModelWire;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Logged models on the server. */
final class DefaultLoggedModels implements LoggedModels {
    private final Api api;

    DefaultLoggedModels(Api api) {
        this.api = api;
    }

    /** Returns the path of a model. */
    static String path(String modelId) {
        return "/api/2.0/mlflow/logged-models/" + CallSpec.encode(modelId);
    }

    private void require() {
        api.require("logged models", "3.0");
    }

    @Override
    public LoggedModel get(String modelId) {
        return LoggedModelSearch.read(api, modelId);
    }

    @Override
    public Optional<LoggedModel> find(String modelId) {
        try {
            return Optional.of(get(modelId));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public LoggedModel create(Experiment experiment, Consumer<LoggedModelSpec.Builder> change) {
        return create(experiment.id(), spec(change), UUID.randomUUID().toString());
    }

    private static LoggedModelSpec spec(Consumer<LoggedModelSpec.Builder> change) {
        LoggedModelSpec.Builder builder = LoggedModelSpec.builder();
        change.accept(builder);
        return builder.build();
    }

    /** Creates a model with a key of its own, by which a lost answer is found again. */
    LoggedModel create(String experimentId, LoggedModelSpec spec, String key) {
        require();
        Map<String, String> tags = new LinkedHashMap<>(DefaultTags.of(DefaultTags.user()));
        tags.putAll(spec.tags());
        tags.put(LoggedModel.KEY_TAG, key);
        LoggedModelWire.Create body = new LoggedModelWire.Create(
                experimentId,
                spec.name().orElse(null),
                spec.modelType().isEmpty() ? null : spec.modelType(),
                spec.sourceRunId().orElse(null),
                KeyValue.list(spec.params()),
                KeyValue.list(tags));
        Filter ours = Filter.tag(LoggedModel.KEY_TAG).eq(key);
        return Decode.loggedModel(Lost.keyed(
                        api,
                        deadline -> LoggedModelSearch.newest(api, experimentId, ours, deadline).stream()
                                .sorted(LoggedModelSearch.OLDEST_FIRST)
                                .map(LoggedModelWire.Single::new)
                                .toList(),
                        repeat -> api.create("logged-models", body, LoggedModelWire.Single.class, repeat),
                        twin -> delete(Decode.loggedModel(twin.model()).id()))
                .model());
    }

    @Override
    public LoggedModel log(Experiment experiment, ModelPackage model, Consumer<LoggedModelSpec.Builder> change) {
        return new LoggedModelUpload(api).to(create(experiment, change), model);
    }

    @Override
    public LoggedModel setStatus(String modelId, LoggedModelStatus status) {
        require();
        return Decode.loggedModel(api.calls()
                .call(call(
                        "logged-models/finalize",
                        "PATCH",
                        path(modelId),
                        new LoggedModelWire.Finish(modelId, status.value()),
                        LoggedModelWire.Single.class))
                .model());
    }

    @Override
    public void logParams(String modelId, Map<String, ?> params) {
        Map<String, String> texts = new LinkedHashMap<>();
        params.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        Problems.check("parameters", (Problems.Checked) at -> LoggedModelRules.params(at, "params", texts));
        require();
        try {
            sendParams(modelId, texts);
        } catch (ConflictException e) {
            // the server takes a parameter once, and refuses the same value too; nothing of the call was stored
            Map<String, String> there = get(modelId).params();
            texts.entrySet().removeIf(p -> p.getValue().equals(there.get(p.getKey())));
            if (texts.keySet().stream().anyMatch(there::containsKey)) {
                throw e;
            }
            sendParams(modelId, texts);
        }
    }

    private void sendParams(String modelId, Map<String, String> params) {
        if (!params.isEmpty()) {
            api.calls()
                    .call(call(
                            "logged-models/params",
                            "POST",
                            path(modelId) + "/params",
                            new LoggedModelWire.Params(modelId, KeyValue.list(params)),
                            ServerWire.Empty.class));
        }
    }

    @Override
    public void setTags(String modelId, Map<String, String> tags) {
        Problems.check("tags", (Problems.Checked) at -> LoggedModelRules.tags(at, "tags", tags));
        require();
        api.calls()
                .call(call(
                        "logged-models/tags",
                        "PATCH",
                        path(modelId) + "/tags",
                        new LoggedModelWire.Tags(modelId, KeyValue.list(tags)),
                        ServerWire.Empty.class));
    }

    @Override
    public boolean deleteTag(String modelId, String key) {
        Problems.check("tag", (Problems.Checked) at -> at.require(
                !key.isEmpty() && !key.contains("/"),
                "key",
                "must not be empty nor hold a slash, for MLflow cannot remove such a tag of a logged model",
                key));
        require();
        String tag = path(modelId) + "/tags/" + CallSpec.encode(key);
        try {
            api.calls()
                    .call(call(
                            "logged-models/delete-tag",
                            "DELETE",
                            tag,
                            new LoggedModelWire.Id(modelId),
                            ServerWire.Empty.class));
            return true;
        } catch (NotFoundException e) {
            var unused = get(modelId); // tells a model that is not there from a tag that is not
            return false;
        }
    }

    @Override
    public PagedIterable<LoggedModel> search(Consumer<LoggedModelQuery.Builder> change) {
        LoggedModelQuery.Builder builder = LoggedModelQuery.builder();
        change.accept(builder);
        LoggedModelQuery query = builder.build();
        PagedIterable<LoggedModel> pages = Pages.of("mlflow logged-models/search", token -> {
            require();
            LoggedModelWire.Page page = api.search(
                    "logged-models/search",
                    new LoggedModelWire.Search(
                            query.experimentIds(),
                            LoggedModelRules.text(query.filter()),
                            query.datasets().stream()
                                    .map(d -> new LoggedModelWire.DatasetFilter(d.name(), d.digest()))
                                    .toList(),
                            query.pageSize(),
                            query.orders().stream().map(LoggedModelRules::order).toList(),
                            token),
                    LoggedModelWire.Page.class);
            return new Page<>(
                    Decode.list(page.models()).stream().map(Decode::loggedModel).toList(), page.nextPageToken());
        });
        return new DistinctPages<>(pages, LoggedModel::id);
    }

    @Override
    public boolean delete(String modelId) {
        require();
        try {
            api.calls()
                    .call(call(
                            "logged-models/delete",
                            "DELETE",
                            path(modelId),
                            new LoggedModelWire.Id(modelId),
                            ServerWire.Empty.class));
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    @Override
    public Artifacts artifacts(String modelId) {
        return DefaultArtifacts.ofModel(api, modelId);
    }

    private static <T> CallSpec<T> call(String operation, String method, String path, Object body, Class<T> type) {
        return CallSpec.of(operation, method, path, Body.json(Api.JSON.write(body)), Decoder.json(Api.JSON, type))
                .repeatable()
                .build();
    }
}
