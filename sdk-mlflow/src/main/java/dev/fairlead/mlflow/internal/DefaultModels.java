package dev.fairlead.mlflow.internal;

import dev.fairlead.ModelSource;
import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.Models;
import dev.fairlead.mlflow.Promotion;
import dev.fairlead.mlflow.RegisterSpec;
import dev.fairlead.mlflow.RegisteredModel;
import dev.fairlead.mlflow.RegisteredModelSpec;
import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.mlflow.internal.wire.ModelWire;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.Repeat;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The model registry on the server. */
final class DefaultModels implements Models {
    private static final int PAGE = 500;
    private static final List<String> STAGES = List.of("Staging", "Production", "Archived", "None");

    private final Api api;
    private final @Nullable URI artifactRoot;
    private final Registrations registrations;

    DefaultModels(Api api, @Nullable URI artifactRoot) {
        this.api = api;
        this.artifactRoot = artifactRoot;
        this.registrations = new Registrations(api);
    }

    @Override
    public RegisteredModel get(String name) {
        return Decode.model(api.get("registered-models/get", ModelWire.Single.class, q -> q.query("name", name))
                .registeredModel());
    }

    @Override
    public Optional<RegisteredModel> find(String name) {
        try {
            return Optional.of(get(name));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public RegisteredModel ensure(String name) {
        ModelUri.latest(name);
        Optional<RegisteredModel> found = find(name);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            // names are unique: sent twice, the second time is a conflict
            return Decode.model(api.create(
                            "registered-models/create",
                            new ModelWire.Create(name, null, null),
                            ModelWire.Single.class,
                            Repeat.safe())
                    .registeredModel());
        } catch (ConflictException e) {
            return get(name);
        }
    }

    @Override
    public RegisteredModel create(String name, Consumer<RegisteredModelSpec.Builder> change) {
        RegisteredModelSpec.Builder builder = RegisteredModelSpec.builder();
        change.accept(builder);
        RegisteredModelSpec spec = builder.build();
        ModelUri.latest(name);
        // a name is unique: what a lost attempt made is found by it
        ModelWire.Create body = new ModelWire.Create(name, spec.description(), KeyValue.list(spec.tags()));
        return Decode.model(Lost.named(
                        api,
                        deadline -> body(name, deadline),
                        repeat -> api.create("registered-models/create", body, ModelWire.Single.class, repeat))
                .registeredModel());
    }

    private Optional<ModelWire.Single> body(String name, Deadline deadline) {
        try {
            return Optional.of(
                    api.get("registered-models/get", ModelWire.Single.class, q -> q.query("name", name), deadline));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public RegisteredModel rename(String name, String newName) {
        ModelUri.latest(newName);
        return Decode.model(api.create(
                        "registered-models/rename",
                        new ModelWire.Rename(name, newName),
                        ModelWire.Single.class,
                        Repeat.reconcile(deadline ->
                                body(name, deadline).isPresent() ? Optional.empty() : body(newName, deadline)))
                .registeredModel());
    }

    @Override
    public RegisteredModel describe(String name, String description) {
        return Decode.model(api.write(
                        "PATCH",
                        "registered-models/update",
                        new ModelWire.Update(name, description),
                        ModelWire.Single.class,
                        Repeat.safe())
                .registeredModel());
    }

    @Override
    public void setTag(String name, String key, String value) {
        checkTag(key, value);
        api.write("registered-models/set-tag", new ModelWire.SetTag(name, key, value));
    }

    private static void checkTag(String key, String value) {
        Problems.check("tag", (Problems.Checked) at -> Rules.tags(at, "tags", Map.of(key, value), Rules.MAX_MODEL_TAG));
    }

    @Override
    public void deleteTag(String name, String key) {
        api.write("DELETE", "registered-models/delete-tag", new ModelWire.TagId(name, key), Repeat.safe());
    }

    @Override
    public PagedIterable<RegisteredModel> search(Filter filter) {
        PagedIterable<RegisteredModel> pages = Pages.of("mlflow registered-models/search", token -> {
            ModelWire.Page page = api.get(
                    "registered-models/search",
                    ModelWire.Page.class,
                    q -> q.query("filter", filter.text())
                            .query("max_results", PAGE)
                            .query("page_token", token));
            return new Page<>(
                    Decode.list(page.registeredModels()).stream()
                            .map(Decode::model)
                            .toList(),
                    page.nextPageToken());
        });
        return new DistinctPages<>(pages, RegisteredModel::name);
    }

    @Override
    public boolean delete(String name) {
        return remove("registered-models/delete", new ModelWire.Name(name));
    }

    private boolean remove(String operation, Object body) {
        try {
            api.write("DELETE", operation, body, Repeat.safe());
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    @Override
    public Operation<ModelVersion> register(String name, Consumer<RegisterSpec.Builder> change) {
        RegisterSpec.Builder builder = RegisterSpec.builder();
        change.accept(builder);
        RegisterSpec spec = builder.build();
        ModelUri source = resolver().registrable(spec.source());
        ensure(name);
        return registrations.register(name, spec, source);
    }

    @Override
    public Operation<ModelVersion> operation(String id) {
        return registrations.operation(id);
    }

    @Override
    public PagedIterable<ModelVersion> versions(String name) {
        return searchVersions(Filter.attribute("name").eq(name));
    }

    @Override
    public PagedIterable<ModelVersion> searchVersions(Filter filter) {
        PagedIterable<ModelVersion> pages = Pages.of("mlflow model-versions/search", token -> {
            ModelWire.VersionPage page =
                    versionPage(api, filter, PAGE, token, api.calls().deadline());
            return new Page<>(
                    Decode.list(page.modelVersions()).stream()
                            .map(Decode::version)
                            .toList(),
                    page.nextPageToken());
        });
        return new DistinctPages<>(pages, v -> v.name() + "/" + v.version());
    }

    /** Reads a page of versions, newest first. */
    static ModelWire.VersionPage versionPage(
            Api api, Filter filter, int size, @Nullable String token, Deadline deadline) {
        return api.get(
                "model-versions/search",
                ModelWire.VersionPage.class,
                q -> q.query("filter", filter.text())
                        .query("max_results", size)
                        .query("order_by", "version_number DESC")
                        .query("page_token", token),
                deadline);
    }

    @Override
    public ModelVersion version(ModelUri reference) {
        if (reference instanceof ModelUri.Version v) {
            return Decode.version(api.get(
                            "model-versions/get",
                            ModelWire.SingleVersion.class,
                            q -> q.query("name", v.name()).query("version", v.version()))
                    .modelVersion());
        }
        if (reference instanceof ModelUri.Alias a) {
            return byAlias(a.name(), a.alias());
        }
        if (reference instanceof ModelUri.Latest latest) {
            RegisteredModel model = get(latest.name());
            return versions(model.name()).stream().findFirst().orElseThrow(() -> ModelResolver.noVersion(reference));
        }
        if (reference instanceof ModelUri.Stage stage) {
            return inStages(stage.name(), List.of(stage.stage())).stream()
                    .findFirst()
                    .orElseThrow(() -> ModelResolver.noVersion(reference));
        }
        throw ModelResolver.noVersion(reference);
    }

    private ModelVersion byAlias(String name, String alias) {
        return Decode.version(Aliases.get(api, name, alias));
    }

    private List<ModelVersion> inStages(String name, List<String> stages) {
        ModelWire.Versions latest = api.search(
                "registered-models/get-latest-versions", new ModelWire.Latest(name, stages), ModelWire.Versions.class);
        return Decode.list(latest.modelVersions()).stream().map(Decode::version).toList();
    }

    @Override
    @Deprecated
    public List<ModelVersion> latestVersions(String name, String... stages) {
        return inStages(name, List.of(stages));
    }

    @Override
    @Deprecated
    public ModelVersion transition(String name, String version, String stage, boolean archiveOthers) {
        Problems.check("transition", (Problems.Checked) at -> {
            at.require(STAGES.contains(stage), "stage", "must be one of " + STAGES, stage);
            at.require(
                    !archiveOthers || stage.equals("Staging") || stage.equals("Production"),
                    "archiveOthers",
                    "must not be asked for but with Staging and Production",
                    stage);
        });
        return Decode.version(api.write(
                        "POST",
                        "model-versions/transition-stage",
                        new ModelWire.Transition(name, version, stage, archiveOthers),
                        ModelWire.SingleVersion.class,
                        Repeat.safe())
                .modelVersion());
    }

    @Override
    public ModelVersion describeVersion(String name, String version, String description) {
        return Decode.version(api.write(
                        "PATCH",
                        "model-versions/update",
                        new ModelWire.UpdateVersion(name, version, description),
                        ModelWire.SingleVersion.class,
                        Repeat.safe())
                .modelVersion());
    }

    @Override
    public void deleteVersionTag(String name, String version, String key) {
        api.write("DELETE", "model-versions/delete-tag", new ModelWire.VersionTagId(name, version, key), Repeat.safe());
    }

    @Override
    public Promotion promote(String name, String alias, String version, @Nullable String expected) {
        return new Promotions(api, this).promote(name, alias, version, expected);
    }

    @Override
    public void setVersionTag(String name, String version, String key, String value) {
        checkTag(key, value);
        api.write("model-versions/set-tag", new ModelWire.SetVersionTag(name, version, key, value));
    }

    @Override
    public boolean deleteVersion(String name, String version) {
        return remove("model-versions/delete", new ModelWire.VersionId(name, version));
    }

    @Override
    public InputStream open(ModelVersion version, String path) {
        return DefaultArtifacts.open(
                api,
                CallSpec.get("artifacts/download", "/model-versions/get-artifact", Decoder.nothing())
                        .query("name", version.name())
                        .query("version", version.version())
                        .query("path", Paths.required(path))
                        .build());
    }

    @Override
    public void setAlias(String name, String alias, String version) {
        ModelUri.alias(name, alias);
        Aliases.set(api, name, alias, version);
    }

    @Override
    public Optional<ModelVersion> findByAlias(String name, String alias) {
        try {
            return Optional.of(byAlias(name, alias));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void deleteAlias(String name, String alias) {
        Aliases.delete(api, name, alias);
    }

    @Override
    public ModelSource resolve(ModelUri reference) {
        return resolver().resolve(reference);
    }

    @Override
    public Path download(ModelUri reference, Path target) {
        return new ModelDownload(api, this, resolver()).to(reference, target);
    }

    private ModelResolver resolver() {
        return new ModelResolver(api, this, artifactRoot);
    }

    @Override
    public Models artifactRoot(URI root) {
        return new DefaultModels(api, root);
    }
}
