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
import dev.fairlead.mlflow.RegisterSpec;
import dev.fairlead.mlflow.RegisteredModel;
import dev.fairlead.mlflow.internal.wire.ModelWire;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.Repeat;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The model registry on the server. */
final class DefaultModels implements Models {
    private static final int PAGE = 500;

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
        String source = new ModelResolver(api, this, artifactRoot).registrable(spec.source());
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
        throw ModelResolver.noVersion(reference);
    }

    private ModelVersion byAlias(String name, String alias) {
        return Decode.version(api.get(
                        "registered-models/alias",
                        ModelWire.SingleVersion.class,
                        q -> q.query("name", name).query("alias", alias))
                .modelVersion());
    }

    @Override
    public void setVersionTag(String name, String version, String key, String value) {
        Problems.check("tag", (Problems.Checked) at -> Rules.tags(at, "tags", Map.of(key, value), Rules.MAX_MODEL_TAG));
        api.write("model-versions/set-tag", new ModelWire.SetVersionTag(name, version, key, value));
    }

    @Override
    public boolean deleteVersion(String name, String version) {
        return remove("model-versions/delete", new ModelWire.VersionId(name, version));
    }

    @Override
    public void setAlias(String name, String alias, String version) {
        ModelUri.alias(name, alias);
        api.write("registered-models/alias", new ModelWire.SetAlias(name, alias, version));
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
        api.write("DELETE", "registered-models/alias", new ModelWire.AliasId(name, alias), Repeat.safe());
    }

    @Override
    public ModelSource resolve(ModelUri reference) {
        return new ModelResolver(api, this, artifactRoot).resolve(reference);
    }

    @Override
    public Models artifactRoot(URI root) {
        return new DefaultModels(api, root);
    }
}
