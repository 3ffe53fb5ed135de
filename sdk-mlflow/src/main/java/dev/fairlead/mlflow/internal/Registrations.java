package dev.fairlead.mlflow.internal;

import dev.fairlead.Operation;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.ModelVersionStatus;
import dev.fairlead.mlflow.RegisterSpec;
import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.mlflow.internal.wire.ModelWire;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller;
import dev.fairlead.spi.Repeat;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Registers versions once, and follows their registration. */
final class Registrations {
    private final Api api;

    Registrations(Api api) {
        this.api = api;
    }

    /** Registers; the source is one that the server itself finds. */
    Operation<ModelVersion> register(String name, RegisterSpec spec, ModelUri source) {
        String key = spec.key().orElseGet(() -> UUID.randomUUID().toString());
        if (spec.key().isPresent()) {
            Optional<ModelWire.Version> earlier = oldest(name, key, api.calls().deadline());
            if (earlier.isPresent()) {
                return follow(earlier.get());
            }
        }
        ModelWire.CreateVersion body = body(name, spec, source, key);
        return follow(spec.key().isPresent() ? winner(create(body, key), key) : createAlone(body, key));
    }

    private static ModelWire.CreateVersion body(String name, RegisterSpec spec, ModelUri source, String key) {
        Map<String, String> tags = new LinkedHashMap<>(spec.tags());
        tags.put(RegisterSpec.KEY_TAG, key);
        // the server takes the run of a logged model from the model, and refuses to be told
        String modelId = source instanceof ModelUri.LoggedModel model ? model.id() : null;
        String runId = spec.runId()
                .or(() -> spec.source() instanceof ModelUri.RunPath path ? Optional.of(path.runId()) : Optional.empty())
                .filter(id -> modelId == null)
                .orElse(null);
        return new ModelWire.CreateVersion(
                name, source.toString(), runId, modelId, spec.description(), KeyValue.list(tags));
    }

    private ModelWire.Version create(ModelWire.CreateVersion body, String key) {
        return create(
                body,
                Repeat.reconcile(deadline -> oldest(body.name(), key, deadline).map(ModelWire.SingleVersion::new)));
    }

    private ModelWire.Version create(ModelWire.CreateVersion body, Repeat<ModelWire.SingleVersion> repeat) {
        return api.create("model-versions/create", body, ModelWire.SingleVersion.class, repeat)
                .modelVersion();
    }

    /** Creates a version whose key nobody else has. */
    private ModelWire.Version createAlone(ModelWire.CreateVersion body, String key) {
        return Lost.keyed(
                        api,
                        deadline -> all(body.name(), key, deadline).stream()
                                .map(ModelWire.SingleVersion::new)
                                .toList(),
                        repeat -> new ModelWire.SingleVersion(create(body, repeat)),
                        twin -> delete(twin.modelVersion()))
                .modelVersion();
    }

    private void delete(ModelWire.Version version) {
        api.write(
                "DELETE",
                "model-versions/delete",
                new ModelWire.VersionId(version.name(), version.version()),
                Repeat.safe());
    }

    /** Two that register under one key at once both find nothing and both make a version: the older one counts, the other goes. */
    private ModelWire.Version winner(ModelWire.Version made, String key) {
        ModelWire.Version oldest =
                oldest(made.name(), key, api.calls().deadline()).orElse(made);
        if (!oldest.version().equals(made.version())) {
            delete(made);
        }
        return oldest;
    }

    private Optional<ModelWire.Version> oldest(String name, String key, Deadline deadline) {
        return all(name, key, deadline).stream().findFirst();
    }

    private List<ModelWire.Version> all(String name, String key, Deadline deadline) {
        Filter filter = Filter.attribute("name")
                .eq(name)
                .and(Filter.tag(RegisterSpec.KEY_TAG).eq(key));
        return Decode.list(DefaultModels.versionPage(api, filter, 100, null, deadline)
                        .modelVersions())
                .stream()
                .sorted(Comparator.comparingLong(v -> Long.parseLong(v.version())))
                .toList();
    }

    Operation<ModelVersion> operation(String id) {
        if (ModelUri.parse(id) instanceof ModelUri.Version version) {
            return follow(version.name(), version.version(), null);
        }
        throw new InvalidValueException(
                "operation",
                List.of(new Problem("id", "must be name/version, as a registration gave it", "'" + id + "'")));
    }

    private Operation<ModelVersion> follow(ModelWire.Version made) {
        return follow(made.name(), made.version(), Decode.version(made));
    }

    private Operation<ModelVersion> follow(String name, String version, @Nullable ModelVersion known) {
        return api.platform()
                .poller()
                .operation(new Poller.Spec<>(
                        name + "/" + version,
                        "mlflow registration of " + name + " version " + version,
                        deadline -> known != null && known.status().equals(ModelVersionStatus.READY)
                                ? new Poller.Seen.Done<>(known)
                                : look(name, version, deadline),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(5),
                        null));
    }

    private Poller.Seen<ModelVersion> look(String name, String version, Deadline deadline) {
        ModelVersion seen = Decode.version(api.get(
                        "model-versions/get",
                        ModelWire.SingleVersion.class,
                        q -> q.query("name", name).query("version", version),
                        deadline.atMost(api.calls().deadline().left()))
                .modelVersion());
        if (seen.status().equals(ModelVersionStatus.READY)) {
            return new Poller.Seen.Done<>(seen);
        }
        if (seen.status().equals(ModelVersionStatus.FAILED)) {
            return new Poller.Seen.Failed<>(new OperationFailedException(
                    "mlflow could not register " + name + " version " + version + ": "
                            + (seen.statusMessage().isEmpty() ? "the server gives no reason" : seen.statusMessage()),
                    name + "/" + version,
                    seen.status().value(),
                    "",
                    null));
        }
        return new Poller.Seen.Pending<>(seen.status().value(), seen.statusMessage());
    }
}
