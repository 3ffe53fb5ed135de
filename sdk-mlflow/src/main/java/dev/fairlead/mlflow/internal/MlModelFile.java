package dev.fairlead.mlflow.internal;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelSignature;
import dev.fairlead.mlflow.SignatureField;
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
        signature.additionalFields(tree);
        return Optional.of(signature.build());
    }

    private static List<SignatureField> fields(Map<String, Object> tree, String key) {
        Optional<String> json = Trees.takeText(tree, key);
        if (json.isEmpty()) {
            return List.of();
        }
        Object list = JsonCodec.camelCase().tree(json.get().getBytes(StandardCharsets.UTF_8), "the signature's " + key);
        return list instanceof List<?> fields
                ? fields.stream().map(f -> SignatureField.of(Trees.object(f))).toList()
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
        model.modelSizeBytes().ifPresent(v -> tree.put("model_size_bytes", v));
        model.modelUuid().ifPresent(v -> tree.put("model_uuid", v));
        model.runId().ifPresent(v -> tree.put("run_id", v));
        model.signature().ifPresent(v -> tree.put("signature", tree(v)));
        model.createdAt().ifPresent(v -> tree.put("utc_time_created", WRITTEN.format(v.atOffset(ZoneOffset.UTC))));
        model.additionalFields().forEach(tree::putIfAbsent);
        return tree;
    }

    private static Map<String, Object> tree(ModelSignature signature) {
        Map<String, Object> tree = new LinkedHashMap<>();
        putFields(tree, "inputs", signature.inputs());
        putFields(tree, "outputs", signature.outputs());
        signature.additionalFields().forEach(tree::putIfAbsent);
        return tree;
    }

    private static void putFields(Map<String, Object> tree, String key, List<SignatureField> fields) {
        if (!fields.isEmpty()) {
            // MLflow keeps them as JSON inside the YAML
            tree.put(
                    key,
                    JsonCodec.camelCase()
                            .text(fields.stream().map(SignatureField::toTree).toList()));
        }
    }
}
