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

/** The model registry. */
final class ModelTable {
    private static final List<String> KINDS = List.of("attribute", "tag");
    private static final Pattern ALIAS = Pattern.compile("[\\w-]*");
    private static final Pattern VERSION_ALIAS = Pattern.compile("[vV]\\d+");
    private static final List<String> STAGES = List.of("None", "Staging", "Production", "Archived");
    private static final Pattern LOCAL = Pattern.compile("(?!(?:[A-Za-z][\\w+.-]*):).*|file:.*");

    private final RunTable runs;
    private final LoggedModelTable logged;
    private final Map<String, Model> models = new TreeMap<>();

    ModelTable(RunTable runs, LoggedModelTable logged) {
        this.runs = runs;
        this.logged = logged;
    }

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

    Map<String, Object> latestVersions(Request request) {
        Model model = model(request.text("name"));
        List<String> stages =
                request.texts("stages").stream().map(ModelTable::stage).toList();
        Map<String, Version> latest = new LinkedHashMap<>();
        model.versions.values().stream()
                .filter(v -> stages.isEmpty() || stages.contains(v.stage))
                .forEach(v -> latest.putIfAbsent(v.stage, v));
        return Wire.object(
                "model_versions",
                latest.values().stream().map(v -> wire(model, v)).toList());
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

    Map<String, Object> createVersion(Request request) {
        String name = request.text("name");
        String source = request.text("source");
        String runId = request.optional("run_id").orElse("");
        boolean prompt = PromptRules.isVersion(request, source);
        if (!prompt && LOCAL.matcher(source).matches() && runId.isEmpty()) {
            throw Refusal.invalid(
                    "Invalid model version source: '" + source
                            + "'. To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.");
        }
        Model model = model(name);
        Lineage lineage = lineage(source, runId, request.optional("model_id").orElse(""));
        Version version = new Version(
                ++model.last,
                source,
                lineage.storage(),
                lineage.runId(),
                request.optional("description").orElse(""),
                request.now());
        if (source.startsWith("models:/m-")) {
            logged.registered(source.substring("models:/".length()), name, version.number);
        }
        version.tags.putAll(request.pairs("tags"));
        model.versions.put(version.number, version);
        model.updated = request.now();
        return Wire.object("model_version", wire(model, version));
    }

    /** Where the files of a new version are, and which run they came from. */
    private record Lineage(String storage, String runId) {}

    private Lineage lineage(String source, String runId, String modelId) {
        String[] parts = source.startsWith("models:/")
                ? source.substring("models:/".length()).split("/", 2)
                : new String[0];
        if (parts.length == 2) {
            Version of = version(model(parts[0]), parts[1]);
            if (!runId.isEmpty() && !runId.equals(of.runId)) {
                throw Refusal.invalid("Invalid model version source: '" + source
                        + "'. The run_id and model_id request parameters must match the referenced model version.");
            }
            return new Lineage(of.storage, of.runId);
        }
        if (parts.length == 1) {
            if (!parts[0].equals(modelId) || !logged.has(modelId)) {
                throw Refusal.invalid("Invalid model version source: '" + source
                        + "'. The model_id request parameter must identify the resource that contains the source.");
            }
            return new Lineage(logged.artifactUri(modelId), logged.sourceRun(modelId));
        }
        if (!runId.isEmpty()) {
            runs.any(runId);
        }
        return new Lineage(source, runId);
    }

    private static String stage(String name) {
        return STAGES.stream()
                .filter(s -> s.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("Invalid Model Version stage: " + name
                        + ". Value must be one of None, Staging, Production, Archived."));
    }

    Map<String, Object> getVersion(Request request) {
        return Wire.object("model_version", wire(model(request.text("name")), version(request)));
    }

    Map<String, Object> updateVersion(Request request) {
        Version version = version(request);
        version.description = request.optional("description").orElse("");
        version.updated = request.now();
        return getVersion(request);
    }

    Map<String, Object> moveToStage(Request request) {
        Version version = version(request);
        String stage = stage(request.text("stage"));
        if (request.optional("archive_existing_versions").orElse("").equals("true")) {
            model(request.text("name")).versions.values().stream()
                    .filter(v -> v.stage.equals(stage))
                    .forEach(v -> v.stage = "Archived");
        }
        version.stage = stage;
        return getVersion(request);
    }

    Map<String, Object> deleteVersion(Request request) {
        Version version = version(request);
        Model model = model(request.text("name"));
        model.versions.remove(version.number);
        model.aliases.values().removeIf(v -> v.equals(Integer.toString(version.number)));
        return Map.of();
    }

    Map<String, Object> setVersionTag(Request request) {
        version(request).tags.put(request.text("key"), request.optional("value").orElse(""));
        return Map.of();
    }

    Map<String, Object> deleteVersionTag(Request request) {
        version(request).tags.remove(request.text("key"));
        return Map.of();
    }

    Map<String, Object> downloadUri(Request request) {
        return Wire.object("artifact_uri", version(request).storage);
    }

    private record Row(Model model, Version version) {
        Optional<Object> value(String kind, String key) {
            if (kind.startsWith("tag")) {
                return Optional.ofNullable(version.tags.get(key));
            }
            return switch (key) {
                case "name" -> Optional.of(model.name);
                case "run_id" -> Optional.of(version.runId);
                case "source_path" -> Optional.of(version.source);
                case "version_number" -> Optional.of(version.number);
                case "creation_timestamp" -> Optional.of(version.created);
                case "last_updated_timestamp" -> Optional.of(version.updated);
                default ->
                    throw Refusal.invalid("Invalid attribute key '" + key
                            + "' specified. Valid keys are '{'version_number', 'run_id', 'source_path', 'name'}'");
            };
        }
    }

    Map<String, Object> searchVersions(Request request) {
        int size = request.maxResults(10_000, 200_000);
        SearchFilter filter = SearchFilter.parse(request.optional("filter").orElse(""), KINDS);
        Comparator<Row> newest = Comparator.<Row>comparingLong(r -> r.version.updated)
                .reversed()
                .thenComparing(r -> r.model.name)
                .thenComparing(
                        Comparator.<Row>comparingInt(r -> r.version.number).reversed());
        List<Row> found = models.values().stream()
                .filter(m -> PromptRules.shown(m.tags, request))
                .flatMap(m -> m.versions.values().stream().map(v -> new Row(m, v)))
                .filter(row -> filter.fits(row::value))
                .sorted(SearchOrder.comparator(request.texts("order_by"), Row::value, newest))
                .toList();
        return Wire.page(request, "model_versions", found, size, row -> wire(row.model, row.version));
    }

    boolean isPrompt(String name) {
        return models.containsKey(name) && PromptRules.isPrompt(model(name).tags);
    }

    /** Returns the number of the newest version. */
    String newest(String name) {
        return Integer.toString(model(name).last);
    }

    private Model model(String name) {
        Model model = models.get(name);
        if (model == null) {
            throw Refusal.missing("Registered Model with name=" + name + " not found");
        }
        return model;
    }

    private static Version version(Model model, String number) {
        return Request.whole(number)
                .map(n -> model.versions.get(n.intValue()))
                .orElseThrow(() ->
                        Refusal.missing("Model Version (name=" + model.name + ", version=" + number + ") not found"));
    }

    private Version version(Request request) {
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

    private static Map<String, Object> wire(Model model, Version version) {
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
