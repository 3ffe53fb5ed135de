package dev.fairlead.mlflow.internal.prompts;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.internal.Aliases;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.Decode;
import dev.fairlead.mlflow.internal.DistinctPages;
import dev.fairlead.mlflow.internal.Lost;
import dev.fairlead.mlflow.internal.Rules;
import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.mlflow.internal.wire.ModelWire;
import dev.fairlead.mlflow.internal.wire.PromptWire;
import dev.fairlead.mlflow.prompts.Prompt;
import dev.fairlead.mlflow.prompts.PromptSpec;
import dev.fairlead.mlflow.prompts.PromptUri;
import dev.fairlead.mlflow.prompts.PromptVersion;
import dev.fairlead.mlflow.prompts.Prompts;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.Repeat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prompts, which the server keeps among its registered models. */
public final class DefaultPrompts implements Prompts {
    private static final int PAGE = 500;
    /** The server takes this word for a prompt's source, and no other. */
    private static final String NO_SOURCE = "dummy-source";

    private static final Filter ALL = Filter.tag(PromptTags.IS_PROMPT).eq("true");

    private final Api api;

    /** Creates the prompts of a server. */
    public DefaultPrompts(Api api) {
        this.api = api;
    }

    @Override
    public PromptVersion register(String name, Consumer<PromptSpec.Builder> change) {
        named(name);
        PromptSpec.Builder builder = PromptSpec.builder();
        change.accept(builder);
        PromptSpec spec = builder.build();
        ensure(name, spec);
        String key = spec.key().orElseGet(() -> UUID.randomUUID().toString());
        if (spec.key().isPresent()) {
            Optional<ModelWire.Version> earlier = oldest(name, key, api.calls().deadline());
            if (earlier.isPresent()) {
                return version(earlier.get());
            }
        }
        PromptWire.CreateVersion body = new PromptWire.CreateVersion(
                name, NO_SOURCE, spec.commitMessage(), KeyValue.list(PromptTags.of(spec, key)));
        return version(spec.key().isPresent() ? winner(create(body, key), key) : createAlone(body, key));
    }

    private static void named(String name) {
        if (!PromptSpec.NAME.matcher(name).matches()) {
            throw new InvalidValueException(
                    "prompt", List.of(new Problem("name", PromptSpec.NAME_RULE, "'" + name + "'")));
        }
    }

    /** Makes the prompt with its tags, or sets them where it is there; the server refuses a model's name. */
    private void ensure(String name, PromptSpec spec) {
        if (find(name).isEmpty() && created(name, spec)) {
            return;
        }
        spec.promptTags().forEach((key, value) -> setTag(name, key, value));
    }

    private boolean created(String name, PromptSpec spec) {
        List<KeyValue> tags = new ArrayList<>(KeyValue.list(spec.promptTags()));
        tags.add(new KeyValue(PromptTags.IS_PROMPT, "true"));
        try {
            // names are unique: sent twice, the second time is a conflict
            ModelWire.Single unused = api.create(
                    "registered-models/create",
                    new PromptWire.Create(name, spec.commitMessage(), tags),
                    ModelWire.Single.class,
                    Repeat.safe());
            return true;
        } catch (ConflictException e) {
            if (find(name).isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    private ModelWire.Version create(PromptWire.CreateVersion body, String key) {
        return create(
                body,
                Repeat.reconcile(deadline -> oldest(body.name(), key, deadline).map(ModelWire.SingleVersion::new)));
    }

    private ModelWire.Version create(PromptWire.CreateVersion body, Repeat<ModelWire.SingleVersion> repeat) {
        return api.create("model-versions/create", body, ModelWire.SingleVersion.class, repeat)
                .modelVersion();
    }

    /** Creates a version whose key nobody else has. */
    private ModelWire.Version createAlone(PromptWire.CreateVersion body, String key) {
        return Lost.keyed(
                        api,
                        deadline -> all(body.name(), key, deadline).stream()
                                .map(ModelWire.SingleVersion::new)
                                .toList(),
                        repeat -> new ModelWire.SingleVersion(create(body, repeat)),
                        twin -> deleteVersion(
                                twin.modelVersion().name(), twin.modelVersion().version()))
                .modelVersion();
    }

    /** Two that register under one key at once both find nothing and both make a version: the older one counts, the other goes. */
    private ModelWire.Version winner(ModelWire.Version made, String key) {
        ModelWire.Version oldest =
                oldest(made.name(), key, api.calls().deadline()).orElse(made);
        if (!oldest.version().equals(made.version())) {
            deleteVersion(made.name(), made.version());
        }
        return oldest;
    }

    private Optional<ModelWire.Version> oldest(String name, String key, Deadline deadline) {
        return all(name, key, deadline).stream().findFirst();
    }

    private List<ModelWire.Version> all(String name, String key, Deadline deadline) {
        Filter filter = versionsOf(name).and(Filter.tag(PromptSpec.KEY_TAG).eq(key));
        return Decode.list(page(filter, 100, null, deadline).modelVersions()).stream()
                .sorted(Comparator.comparingLong(v -> Long.parseLong(v.version())))
                .toList();
    }

    private static Filter versionsOf(String name) {
        return Filter.attribute("name").eq(name).and(ALL);
    }

    private ModelWire.VersionPage page(Filter filter, int size, @Nullable String token, Deadline deadline) {
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
    public Prompt get(String name) {
        named(name);
        ModelWire.Body body = api.get("registered-models/get", ModelWire.Single.class, q -> q.query("name", name))
                .registeredModel();
        if (!PromptTags.isPrompt(KeyValue.map(body.tags()))) {
            throw NotPrompts.noPrompt(api, name);
        }
        return prompt(body);
    }

    @Override
    public Optional<Prompt> find(String name) {
        try {
            return Optional.of(get(name));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public PagedIterable<Prompt> search(Filter filter) {
        Filter prompts = ALL.and(filter);
        PagedIterable<Prompt> pages = Pages.of("mlflow prompts", token -> {
            ModelWire.Page page = api.get(
                    "registered-models/search",
                    ModelWire.Page.class,
                    q -> q.query("filter", prompts.text())
                            .query("max_results", PAGE)
                            .query("page_token", token));
            return new Page<>(
                    Decode.list(page.registeredModels()).stream()
                            .map(DefaultPrompts::prompt)
                            .toList(),
                    page.nextPageToken());
        });
        return new DistinctPages<>(pages, Prompt::name);
    }

    @Override
    public PromptVersion load(PromptUri reference) {
        ModelWire.Version found = read(reference);
        if (!PromptTags.isPrompt(KeyValue.map(found.tags()))) {
            throw NotPrompts.noPrompt(api, reference.name());
        }
        return version(found);
    }

    private ModelWire.Version read(PromptUri reference) {
        String name = reference.name();
        if (reference instanceof PromptUri.Version v) {
            return api.get(
                            "model-versions/get",
                            ModelWire.SingleVersion.class,
                            q -> q.query("name", name).query("version", v.version()))
                    .modelVersion();
        }
        if (reference instanceof PromptUri.Alias a) {
            return Aliases.get(api, name, a.alias());
        }
        return Decode.list(
                        page(versionsOf(name), 1, null, api.calls().deadline()).modelVersions())
                .stream()
                .findFirst()
                .orElseThrow(() -> NotPrompts.noPrompt(api, name));
    }

    @Override
    public Optional<PromptVersion> find(PromptUri reference) {
        try {
            return Optional.of(load(reference));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public PagedIterable<PromptVersion> versions(String name) {
        PagedIterable<PromptVersion> pages = Pages.of("mlflow prompt versions", token -> {
            ModelWire.VersionPage page =
                    page(versionsOf(name), PAGE, token, api.calls().deadline());
            return new Page<>(
                    Decode.list(page.modelVersions()).stream()
                            .map(DefaultPrompts::version)
                            .toList(),
                    page.nextPageToken());
        });
        return new DistinctPages<>(pages, PromptVersion::version);
    }

    @Override
    public void setTag(String name, String key, String value) {
        check(key, value);
        api.write("registered-models/set-tag", new PromptWire.SetTag(name, null, key, value));
    }

    @Override
    public void deleteTag(String name, String key) {
        check(key, "");
        boolean unused = remove("registered-models/delete-tag", new PromptWire.Tag(name, null, key));
    }

    @Override
    public void setVersionTag(String name, String version, String key, String value) {
        check(key, value);
        api.write("model-versions/set-tag", new PromptWire.SetTag(name, version, key, value));
    }

    @Override
    public void deleteVersionTag(String name, String version, String key) {
        check(key, "");
        boolean unused = remove("model-versions/delete-tag", new PromptWire.Tag(name, version, key));
    }

    private static void check(String key, String value) {
        Problems.check("tag", (Problems.Checked) at -> {
            Rules.tags(at, "tags", Map.of(key, value), Rules.MAX_MODEL_TAG);
            at.require(!PromptTags.isReserved(key), "tags", "must not change a tag that is kept for the template", key);
        });
    }

    @Override
    public void setAlias(String name, String alias, String version) {
        PromptUri unused = PromptUri.alias(name, alias);
        Problems.check("alias", (Problems.Checked) at -> at.require(
                !(unused instanceof PromptUri.Latest), "alias", "must not be latest, which MLflow keeps", alias));
        Aliases.set(api, name, alias, version);
    }

    @Override
    public void deleteAlias(String name, String alias) {
        try {
            Aliases.delete(api, name, alias);
        } catch (NotFoundException e) {
            // gone is what was wanted
        }
    }

    @Override
    public boolean deleteVersion(String name, String version) {
        return find(PromptUri.version(name, version)).isPresent()
                && remove("model-versions/delete", new ModelWire.VersionId(name, version));
    }

    @Override
    public boolean delete(String name) {
        return find(name).isPresent() && remove("registered-models/delete", new ModelWire.Name(name));
    }

    private boolean remove(String operation, Object body) {
        try {
            api.write("DELETE", operation, body, Repeat.safe());
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static Prompt prompt(ModelWire.Body wire) {
        return Decode.checked("prompt", () -> {
            Prompt.Builder value = Prompt.builder()
                    .name(wire.name())
                    .description(Objects.requireNonNullElse(wire.description(), ""))
                    .tags(PromptTags.own(KeyValue.map(wire.tags())));
            Decode.list(wire.aliases()).forEach(a -> value.putAlias(a.alias(), a.version()));
            Decode.time(wire.creationTimestamp()).ifPresent(value::createdAt);
            Decode.time(wire.lastUpdatedTimestamp()).ifPresent(value::updatedAt);
            return value.build();
        });
    }

    private static PromptVersion version(ModelWire.Version wire) {
        Map<String, String> tags = KeyValue.map(wire.tags());
        return Decode.checked("prompt version", () -> {
            PromptVersion.Builder value = PromptVersion.builder()
                    .name(wire.name())
                    .version(wire.version())
                    .template(PromptTags.template(tags))
                    .commitMessage(Objects.requireNonNullElse(wire.description(), ""))
                    .tags(PromptTags.own(tags))
                    .aliases(Decode.list(wire.aliases()))
                    .responseFormat(PromptTags.responseFormat(tags))
                    .modelConfig(PromptTags.modelConfig(tags));
            Decode.time(wire.creationTimestamp()).ifPresent(value::createdAt);
            return value.build();
        });
    }
}
