package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.testing.internal.mlflow.ModelTable.Model;
import dev.fairlead.testing.internal.mlflow.ModelTable.Version;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The versions of the registered models. */
final class VersionTable {
    private static final List<String> KINDS = List.of("attribute", "tag");
    private static final List<String> STAGES = List.of("None", "Staging", "Production", "Archived");
    private static final Pattern LOCAL = Pattern.compile("(?!(?:[A-Za-z][\\w+.-]*):).*|file:.*");

    private final ModelTable models;
    private final RunTable runs;
    private final LoggedModelTable logged;

    VersionTable(ModelTable models, RunTable runs, LoggedModelTable logged) {
        this.models = models;
        this.runs = runs;
        this.logged = logged;
    }

    Map<String, Object> latest(Request request) {
        Model model = models.model(request.text("name"));
        List<String> stages =
                request.texts("stages").stream().map(VersionTable::stage).toList();
        Map<String, Version> latest = new LinkedHashMap<>();
        model.versions.values().stream()
                .filter(v -> stages.isEmpty() || stages.contains(v.stage))
                .forEach(v -> latest.putIfAbsent(v.stage, v));
        return Wire.object(
                "model_versions",
                latest.values().stream().map(v -> ModelTable.wire(model, v)).toList());
    }

    Map<String, Object> create(Request request) {
        String name = request.text("name");
        String source = request.text("source");
        String runId = request.optional("run_id").orElse("");
        boolean prompt = PromptRules.isVersion(request, source);
        if (!prompt && LOCAL.matcher(source).matches() && runId.isEmpty()) {
            throw Refusal.invalid(
                    "Invalid model version source: '" + source
                            + "'. To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.");
        }
        Model model = models.model(name);
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
        return Wire.object("model_version", ModelTable.wire(model, version));
    }

    /** Where the files of a new version are, and which run they came from. */
    private record Lineage(String storage, String runId) {}

    private Lineage lineage(String source, String runId, String modelId) {
        String[] parts = source.startsWith("models:/")
                ? source.substring("models:/".length()).split("/", 2)
                : new String[0];
        if (parts.length == 2) {
            Version of = version(models.model(parts[0]), parts[1]);
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

    Map<String, Object> get(Request request) {
        return Wire.object(
                "model_version", ModelTable.wire(models.model(request.text("name")), models.version(request)));
    }

    Map<String, Object> update(Request request) {
        Version version = models.version(request);
        version.description = request.optional("description").orElse("");
        version.updated = request.now();
        return get(request);
    }

    Map<String, Object> moveToStage(Request request) {
        Version version = models.version(request);
        String stage = stage(request.text("stage"));
        if (request.optional("archive_existing_versions").orElse("").equals("true")) {
            models.model(request.text("name")).versions.values().stream()
                    .filter(v -> v.stage.equals(stage))
                    .forEach(v -> v.stage = "Archived");
        }
        version.stage = stage;
        return get(request);
    }

    Map<String, Object> delete(Request request) {
        Version version = models.version(request);
        Model model = models.model(request.text("name"));
        model.versions.remove(version.number);
        model.aliases.values().removeIf(v -> v.equals(Integer.toString(version.number)));
        return Map.of();
    }

    Map<String, Object> setTag(Request request) {
        models.version(request)
                .tags
                .put(request.text("key"), request.optional("value").orElse(""));
        return Map.of();
    }

    Map<String, Object> deleteTag(Request request) {
        models.version(request).tags.remove(request.text("key"));
        return Map.of();
    }

    Map<String, Object> downloadUri(Request request) {
        return Wire.object("artifact_uri", models.version(request).storage);
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

    Map<String, Object> search(Request request) {
        int size = request.maxResults(10_000, 200_000);
        SearchFilter filter = SearchFilter.parse(request.optional("filter").orElse(""), KINDS);
        Comparator<Row> newest = Comparator.<Row>comparingLong(r -> r.version.updated)
                .reversed()
                .thenComparing(r -> r.model.name)
                .thenComparing(
                        Comparator.<Row>comparingInt(r -> r.version.number).reversed());
        List<Row> found = models.all()
                .filter(m -> PromptRules.shown(m.tags, request))
                .flatMap(m -> m.versions.values().stream().map(v -> new Row(m, v)))
                .filter(row -> filter.fits(row::value))
                .sorted(SearchOrder.comparator(request.texts("order_by"), Row::value, newest))
                .toList();
        return Wire.page(request, "model_versions", found, size, row -> ModelTable.wire(row.model, row.version));
    }

    private static Version version(Model model, String number) {
        return Request.whole(number)
                .map(n -> model.versions.get(n.intValue()))
                .orElseThrow(() ->
                        Refusal.missing("Model Version (name=" + model.name + ", version=" + number + ") not found"));
    }
}
