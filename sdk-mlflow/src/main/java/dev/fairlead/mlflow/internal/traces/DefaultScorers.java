package dev.fairlead.mlflow.internal.traces;

import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.Decode;
import dev.fairlead.mlflow.internal.JsonTrees;
import dev.fairlead.mlflow.internal.wire.EvaluationWire;
import dev.fairlead.mlflow.traces.Scorer;
import dev.fairlead.mlflow.traces.Scorers;
import dev.fairlead.spi.CallSpec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Scorers on the server. */
final class DefaultScorers implements Scorers {
    private final Api api;

    DefaultScorers(Api api) {
        this.api = api;
    }

    private <T> CallSpec.Builder<T> read(String what, String experimentId, Class<T> type) {
        api.require("scorers", "3.4");
        return api.call("scorers/" + what, "GET", "3.0/mlflow/scorers/" + what, null, type)
                .repeatable()
                .query("experiment_id", experimentId);
    }

    @Override
    public List<Scorer> list(String experimentId) {
        return decode(api.send(read("list", experimentId, EvaluationWire.Scorers.class)));
    }

    @Override
    public List<Scorer> versions(String experimentId, String name) {
        return decode(api.send(
                read("versions", experimentId, EvaluationWire.Scorers.class).query("name", name)));
    }

    @Override
    public Scorer get(String experimentId, String name) {
        return one(experimentId, name, null);
    }

    @Override
    public Scorer get(String experimentId, String name, int version) {
        return one(experimentId, name, version);
    }

    private Scorer one(String experimentId, String name, @Nullable Integer version) {
        return decode(api.send(read("get", experimentId, EvaluationWire.SingleScorer.class)
                        .query("name", name)
                        .query("version", version))
                .scorer());
    }

    private static List<Scorer> decode(EvaluationWire.Scorers wire) {
        return Decode.list(wire.scorers()).stream().map(DefaultScorers::decode).toList();
    }

    private static Scorer decode(EvaluationWire.Scorer wire) {
        return new Scorer(
                Objects.requireNonNullElse(wire.scorerId(), ""),
                Objects.requireNonNullElse(wire.experimentId(), "0"),
                Objects.requireNonNullElse(wire.scorerName(), ""),
                Objects.requireNonNullElse(wire.scorerVersion(), 0),
                JsonTrees.parsed(wire.serializedScorer(), "a scorer"),
                Decode.time(wire.creationTime()).orElse(Instant.EPOCH));
    }
}
