package dev.fairlead.mlflow.internal;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.mlflow.InputExample;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelSignature;
import dev.fairlead.mlflow.SignatureField;
import dev.fairlead.mlflow.SignatureParam;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads and writes {@code MLmodel} files. */
public final class MlModelFile {
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private MlModelFile() {}

    /** Reads a file. */
    public static MlModel read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ConfigurationException("there is no " + file + "; name a folder that MLflow saved a model in");
        }
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ConfigurationException(file + " cannot be read: " + e, e);
        }
    }

    /** Reads a file's text. */
    public static MlModel parse(String yaml, String what) {
        if (!(Yaml.read(yaml, what) instanceof Map<?, ?> root)) {
            throw new ConfigurationException(what + " is not an MLmodel file: it must hold 'flavors'");
        }
        Map<String, Object> tree = Trees.object(root);
        MlModel.Builder model = MlModel.builder();
        Trees.takeText(tree, "artifact_path").ifPresent(model::artifactPath);
        Trees.takeText(tree, "run_id").ifPresent(model::runId);
        Trees.takeText(tree, "model_uuid").ifPresent(model::modelUuid);
        Trees.takeText(tree, "model_id").ifPresent(model::modelId);
        Trees.takeText(tree, "mlflow_version").ifPresent(model::mlflowVersion);
        example(tree).ifPresent(model::inputExample);
        Trees.takeLong(tree, "model_size_bytes").ifPresent(model::modelSizeBytes);
        time(tree).ifPresent(model::createdAt);
        Trees.takeObject(tree, "flavors").forEach((name, settings) -> model.putFlavor(name, Trees.object(settings)));
        Map<String, Object> signature = Trees.takeObject(tree, "signature");
        model.metadata(Trees.takeObject(tree, "metadata"));
        model.additionalFields(tree);
        try {
            signature(signature).ifPresent(model::signature);
            return model.build();
        } catch (InvalidValueException | InvalidResponseException e) {
            throw new ConfigurationException(what + " is not an MLmodel file: " + e.getMessage(), e);
        }
    }

    private static Optional<InputExample> example(Map<String, Object> tree) {
        Map<String, Object> info = Trees.object(tree.get("saved_input_example_info"));
        Optional<String> path = Trees.takeText(info, "artifact_path");
        Optional<String> type = Trees.takeText(info, "type");
        if (path.isEmpty() || type.isEmpty()) {
            return Optional.empty(); // kept as it is among the additional fields
        }
        tree.remove("saved_input_example_info");
        String orient = Trees.takeText(info, "pandas_orient").orElse(null);
        String serving = Trees.takeText(info, "serving_input_path").orElse(null);
        return Optional.of(new InputExample(path.get(), type.get(), orient, serving, info));
    }

    private static Map<String, Object> tree(InputExample example) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("artifact_path", example.path());
        if (example.orient() != null) {
            tree.put("pandas_orient", example.orient());
        }
        if (example.servingPath() != null) {
            tree.put("serving_input_path", example.servingPath());
        }
        tree.put("type", example.type());
        tree.putAll(example.additionalFields());
        return tree;
    }

    private static Optional<Instant> time(Map<String, Object> tree) {
        if (!(tree.get("utc_time_created") instanceof String text)) {
            return Optional.empty();
        }
        try {
            Instant instant = LocalDateTime.parse(text, READ).toInstant(ZoneOffset.UTC);
            tree.remove("utc_time_created");
            return Optional.of(instant);
        } catch (DateTimeException e) {
            return Optional.empty(); // kept as it is among the additional fields
        }
    }

    private static Optional<ModelSignature> signature(Map<String, Object> tree) {
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        ModelSignature.Builder signature = ModelSignature.builder();
        signature.inputs(fields(tree, "inputs"));
        signature.outputs(fields(tree, "outputs"));
        signature.params(params(tree));
        signature.additionalFields(tree);
        return Optional.of(signature.build());
    }

    private static List<SignatureField> fields(Map<String, Object> tree, String key) {
        return list(tree, key).stream().map(SignatureField::of).toList();
    }

    private static List<SignatureParam> params(Map<String, Object> tree) {
        return list(tree, "params").stream().map(SignatureParam::read).toList();
    }

    private static List<Map<String, Object>> list(Map<String, Object> tree, String key) {
        Optional<String> json = Trees.takeText(tree, key);
        if (json.isEmpty()) {
            return List.of();
        }
        Object list = JsonCodec.camelCase().tree(json.get().getBytes(StandardCharsets.UTF_8), "the signature's " + key);
        return list instanceof List<?> fields
                ? fields.stream().map(Trees::object).toList()
                : List.of();
    }

    /** Writes the text of a file. */
    public static String yaml(MlModel model) {
        return Yaml.writeForYaml11(tree(model));
    }

    /** Writes the same as a JSON text, as a run's own list of its models has it. */
    static String json(MlModel model) {
        return JsonCodec.camelCase().text(tree(model));
    }

    private static Map<String, Object> tree(MlModel model) {
        Map<String, Object> tree = new LinkedHashMap<>();
        model.artifactPath().ifPresent(v -> tree.put("artifact_path", v));
        tree.put("flavors", model.flavors());
        if (!model.metadata().isEmpty()) {
            tree.put("metadata", model.metadata());
        }
        model.mlflowVersion().ifPresent(v -> tree.put("mlflow_version", v));
        model.modelId().ifPresent(v -> tree.put("model_id", v));
        model.modelSizeBytes().ifPresent(v -> tree.put("model_size_bytes", v));
        model.modelUuid().ifPresent(v -> tree.put("model_uuid", v));
        model.runId().ifPresent(v -> tree.put("run_id", v));
        model.inputExample().ifPresent(v -> tree.put("saved_input_example_info", tree(v)));
        model.signature().ifPresent(v -> tree.put("signature", tree(v)));
        model.createdAt().ifPresent(v -> tree.put("utc_time_created", WRITTEN.format(v.atOffset(ZoneOffset.UTC))));
        model.additionalFields().forEach(tree::putIfAbsent);
        return tree;
    }

    private static Map<String, Object> tree(ModelSignature signature) {
        Map<String, Object> tree = new LinkedHashMap<>();
        putFields(
                tree,
                "inputs",
                signature.inputs().stream().map(SignatureField::toTree).toList());
        putFields(
                tree,
                "outputs",
                signature.outputs().stream().map(SignatureField::toTree).toList());
        putFields(
                tree,
                "params",
                signature.params().stream().map(SignatureParam::toTree).toList());
        signature.additionalFields().forEach(tree::putIfAbsent);
        return tree;
    }

    private static void putFields(Map<String, Object> tree, String key, List<Map<String, Object>> fields) {
        if (!fields.isEmpty()) {
            // MLflow keeps them as JSON inside the YAML
            tree.put(key, JsonCodec.camelCase().text(fields));
        }
    }
}
