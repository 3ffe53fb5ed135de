package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.LoggedModel;
import dev.fairlead.mlflow.LoggedModelStatus;
import dev.fairlead.mlflow.ModelOutput;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.internal.wire.LoggedModelWire;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds logged models. */
final class LoggedModelSearch {
    private static final int SOME = 100;

    /** Orders by when they were made. */
    static final Comparator<LoggedModelWire.Body> OLDEST_FIRST = Comparator.<LoggedModelWire.Body>comparingLong(
                    m -> Objects.requireNonNullElse(m.info().creationTimestampMs(), 0L))
            .thenComparing(m -> m.info().modelId());

    private LoggedModelSearch() {}

    static LoggedModel read(Api api, String modelId) {
        api.require("logged models", "3.0");
        return Decode.loggedModel(api.calls()
                .call(CallSpec.get(
                                "logged-models/get",
                                DefaultLoggedModels.path(modelId),
                                Decoder.json(Api.JSON, LoggedModelWire.Single.class))
                        .build())
                .model());
    }

    /** Finds the newest models of an experiment that fit. */
    static List<LoggedModelWire.Body> newest(Api api, String experimentId, Filter filter, Deadline deadline) {
        LoggedModelWire.Page page = api.search(
                "logged-models/search",
                new LoggedModelWire.Search(
                        List.of(experimentId), LoggedModelRules.text(filter), List.of(), SOME, List.of(), null),
                LoggedModelWire.Page.class,
                deadline);
        return Decode.list(page.models());
    }

    /**
     * Finds the logged model that a {@code runs:/} reference means on MLflow 3, as Python's client does: the one of that name which the run
     * logged, at the greatest step, the newest of several.
     */
    static Optional<LoggedModel> ofRun(Api api, ModelUri.RunPath path) {
        String name = path.path().split("/", 2)[0];
        if (!LoggedModelRules.isName(name) || !api.atLeast(3, 0)) {
            return Optional.empty();
        }
        Run run = Decode.run(DefaultRuns.read(api, path.runId()));
        Filter filter = Filter.attribute("name")
                .eq(name)
                .and(Filter.attribute("source_run_id").eq(run.id()));
        Map<String, Long> steps =
                run.outputs().stream().collect(Collectors.toMap(ModelOutput::modelId, ModelOutput::step, Math::max));
        return newest(api, run.experimentId(), filter, api.calls().deadline()).stream()
                .map(Decode::loggedModel)
                .filter(model -> model.status().equals(LoggedModelStatus.READY))
                .max(Comparator.<LoggedModel>comparingLong(model -> steps.getOrDefault(model.id(), 0L))
                        .thenComparing(model -> model.createdAt().orElse(Instant.EPOCH)));
    }

    /** Returns what a {@code runs:/} reference names below the model's folder; empty for all of it. */
    static String below(ModelUri.RunPath path) {
        int slash = path.path().indexOf('/');
        return slash < 0 ? "" : path.path().substring(slash + 1);
    }
}
