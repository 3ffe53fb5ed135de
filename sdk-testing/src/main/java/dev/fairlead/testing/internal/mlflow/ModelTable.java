package dev.fairlead.testing.internal.mlflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The registered models; {@link VersionTable} has their versions. */
final class ModelTable {
    private static final List<String> KINDS = List.of("attribute", "tag");
    private static final Pattern ALIAS = Pattern.compile("[\\w-]*");
    private static final Pattern VERSION_ALIAS = Pattern.compile("[vV]\\d+");

    private final Map<String, Model> models = new TreeMap<>();

    /** A registered model. */
    static final class Model {
        String name;
        String description = "";
        final long created;
        long updated;
        int last;
        final Map<String, String> tags = new LinkedHashMap<>();
        final Map<String, String> aliases = new LinkedHashMap<>();
        final Map<Integer, Version> versions = new TreeMap<>(Comparator.reverseOrder());

        Model(String name, long created) {
            this.name = name;
            this.created = created;
            this.updated = created;
        }
    }

    /** A version. */
    static final class Version {
        final int number;
        final String source;
        final String storage;
        final String runId;
        final long created;
        long updated;
        String description;
        String stage = "None";
        final Map<String, String> tags = new LinkedHashMap<>();

        Version(int number, String source, String storage, String runId, String description, long created) {
            this.number = number;
            this.source = source;
            this.storage = storage;
            this.runId = runId;
            this.description = description;
            this.created = created;
            this.updated = created;
        }
    }

    Map<String, Object> create(Request request) {
        String name = request.text("name");
        if (name.contains("/") || name.contains(":")) {
            throw Refusal.invalid("Invalid model name '" + name + "'. Names cannot contain '/' or ':'.");
        }
        if (models.containsKey(name)) {
            throw PromptRules.taken(
                    name, PromptRules.isPrompt(model(name).tags), PromptRules.isPrompt(request.pairs("tags")));
        }
        Model model = new Model(name, request.now());
        model.description = request.optional("description").orElse("");
        model.tags.putAll(request.pairs("tags"));
        models.put(name, model);
        return Wire.object("registered_model", wire(model));
    }

    Map<String, Object> get(Request request) {
        return Wire.object("registered_model", wire(model(request.text("name"))));
    }

    Map<String, Object> search(Request request) {
        int size = request.maxResults(100, 1000);
        SearchFilter filter = SearchFilter.parse(request.optional("filter").orElse(""), KINDS);
        List<Model> found = models.values().stream()
                .filter(m -> PromptRules.shown(m.tags, request))
                .filter(m -> filter.fits((kind, key) ->
                        kind.equals("tag") ? Optional.ofNullable(m.tags.get(key)) : Optional.<Object>of(m.name)))
                .toList();
        return Wire.page(request, "registered_models", found, size, ModelTable::wire);
    }

    Map<String, Object> update(Request request) {
        Model model = model(request.text("name"));
        model.description = request.optional("description").orElse("");
        model.updated = request.now();
        return Wire.object("registered_model", wire(model));
    }

    Map<String, Object> rename(Request request) {
        Model model = model(request.text("name"));
        String name = request.text("new_name");
        if (models.containsKey(name)) {
            throw Refusal.exists("Registered Model (name=" + name + ") already exists.");
        }
        models.remove(model.name);
        model.name = name;
        models.put(name, model);
        return Wire.object("registered_model", wire(model));
    }

    Map<String, Object> delete(Request request) {
        models.remove(model(request.text("name")).name);
        return Map.of();
    }

    Map<String, Object> setTag(Request request) {
        model(request.text("name"))
                .tags
                .put(request.text("key"), request.optional("value").orElse(""));
        return Map.of();
    }

    Map<String, Object> deleteTag(Request request) {
        model(request.text("name")).tags.remove(request.text("key"));
        return Map.of();
    }

    Map<String, Object> setAlias(Request request) {
        String alias = request.text("alias");
        if (!ALIAS.matcher(alias).matches()) {
            throw Refusal.invalid("Invalid alias name: '" + alias
                    + "'. Names may only contain alphanumerics, underscores (_), and dashes (-).");
        }
        if (alias.toLowerCase(Locale.ROOT).equals("latest")) {
            throw Refusal.invalid("'latest' alias name (case insensitive) is reserved.");
        }
        if (VERSION_ALIAS.matcher(alias).matches()) {
            throw Refusal.invalid("Version alias name '" + alias + "' is reserved.");
        }
        Version version = version(request);
        model(request.text("name")).aliases.put(alias, Integer.toString(version.number));
        return Map.of();
    }

    Map<String, Object> deleteAlias(Request request) {
        model(request.text("name")).aliases.remove(request.text("alias"));
        return Map.of();
    }

    /** A missing alias is a 400 on the server. */
    Map<String, Object> getAlias(Request request) {
        Model model = model(request.text("name"));
        String number = model.aliases.get(request.text("alias"));
        Version version = number == null ? null : model.versions.get(Integer.valueOf(number));
        if (version == null) {
            throw Refusal.invalid("Registered model alias " + request.text("alias") + " not found.");
        }
        return Wire.object("model_version", wire(model, version));
    }

    boolean isPrompt(String name) {
        return models.containsKey(name) && PromptRules.isPrompt(model(name).tags);
    }

    /** Returns the number of the newest version. */
    String newest(String name) {
        return Integer.toString(model(name).last);
    }

    Stream<Model> all() {
        return models.values().stream();
    }

    /** Returns a model, or refuses as the server does. */
    Model model(String name) {
        Model model = models.get(name);
        if (model == null) {
            throw Refusal.missing("Registered Model with name=" + name + " not found");
        }
        return model;
    }

    /** Returns the version that a call names, or refuses as the server does. */
    Version version(Request request) {
        String name = request.text("name");
        String text = request.text("version");
        long number = Request.whole(text)
                .orElseThrow(() -> Refusal.invalid("Parameter 'version' must be an integer, got '" + text + "'."));
        Model model = models.get(name);
        Version version = model == null ? null : model.versions.get((int) number);
        if (version == null) {
            throw Refusal.missing("Model Version (name=" + name + ", version=" + text + ") not found");
        }
        return version;
    }

    private static Map<String, Object> wire(Model model) {
        List<Map<String, Object>> aliases = new ArrayList<>();
        model.aliases.forEach((alias, version) -> aliases.add(Wire.object("alias", alias, "version", version)));
        Map<String, Object> wire = Wire.object(
                "name",
                model.name,
                "creation_timestamp",
                model.created,
                "last_updated_timestamp",
                model.updated,
                "latest_versions",
                model.versions.values().stream()
                        .limit(1)
                        .map(v -> wire(model, v))
                        .toList(),
                "tags",
                Wire.pairs(model.tags),
                "aliases",
                aliases);
        if (!model.description.isEmpty()) {
            wire.put("description", model.description);
        }
        return wire;
    }

    static Map<String, Object> wire(Model model, Version version) {
        String number = Integer.toString(version.number);
        List<String> aliases = model.aliases.entrySet().stream()
                .filter(e -> e.getValue().equals(number))
                .map(Map.Entry::getKey)
                .toList();
        return Wire.object(
                "name", model.name,
                "version", number,
                "creation_timestamp", version.created,
                "last_updated_timestamp", version.updated,
                "current_stage", version.stage,
                "description", version.description,
                "source", version.source,
                "run_id", version.runId,
                "status", "READY",
                "tags", Wire.pairs(version.tags),
                "run_link", "",
                "aliases", aliases);
    }

    boolean isEmpty() {
        return models.isEmpty();
    }

    Map<String, String> aliases(String name) {
        Model model = models.get(name);
        return model == null ? Map.of() : Map.copyOf(model.aliases);
    }
}
