package dev.fairlead.seldon.internal.crd;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.seldon.kserve.InferenceService;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.ValueBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and writes InferenceServices. */
public final class InferenceServiceCodec {
    /** The kind. */
    public static final KubeAccess.Kind KIND =
            new KubeAccess.Kind("serving.kserve.io", "v1beta1", "inferenceservices", "InferenceService", true);

    private InferenceServiceCodec() {}

    /** Reads an object; what is not modelled stays among its additional fields. */
    public static InferenceService read(Map<String, ?> tree) {
        Map<String, Object> copy = Trees.copy(tree);
        if (!KIND.kind().equals(copy.getOrDefault("kind", KIND.kind()))
                || !KIND.apiVersion().equals(copy.getOrDefault("apiVersion", KIND.apiVersion()))) {
            throw new InvalidResponseException(
                    "an InferenceService was expected, not a " + copy.get("apiVersion") + " " + copy.get("kind"), null);
        }
        InferenceService.Builder builder = InferenceService.builder();
        Fields root = new Fields(copy);
        root.take("kind");
        root.take("apiVersion");
        Fields metadata = new Fields(root.take("metadata"));
        metadata.text("name", builder::name);
        metadata.text("namespace", builder::namespace);
        metadata.texts("labels", builder::labels);
        metadata.texts("annotations", builder::annotations);
        Fields spec = new Fields(root.take("spec"));
        spec.object("predictor", ServingComponents::predictor, builder::predictor);
        spec.object("transformer", ServingComponents::transformer, builder::transformer);
        spec.object("explainer", ServingComponents::explainer, builder::explainer);
        Map<String, Object> rest = root.left();
        putUnlessEmpty(rest, "metadata", metadata.left());
        putUnlessEmpty(rest, "spec", spec.left());
        builder.additionalFields(rest);
        return ValueBuilder.partOf(builder);
    }

    /** Writes an object. */
    public static Map<String, Object> write(InferenceService service) {
        Map<String, Object> rest = Trees.copy(service.additionalFields());
        Object metadataRest = rest.remove("metadata");
        Object specRest = rest.remove("spec");
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", KIND.apiVersion());
        tree.put("kind", KIND.kind());
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", service.name());
        service.namespace().ifPresent(namespace -> metadata.put("namespace", namespace));
        putUnlessEmpty(metadata, "labels", new LinkedHashMap<>(service.labels()));
        putUnlessEmpty(metadata, "annotations", new LinkedHashMap<>(service.annotations()));
        Trees.addAbsent(metadata, metadataRest);
        tree.put("metadata", metadata);
        Map<String, Object> spec = new LinkedHashMap<>();
        if (service.predictor() != null) {
            spec.put(
                    "predictor",
                    ServingComponents.write(
                            service.predictor(), service.predictor().model()));
        }
        service.transformer().ifPresent(t -> spec.put("transformer", ServingComponents.write(t, Optional.empty())));
        service.explainer().ifPresent(e -> spec.put("explainer", ServingComponents.write(e, Optional.empty())));
        Trees.addAbsent(spec, specRest);
        tree.put("spec", spec);
        Trees.addAbsent(tree, rest);
        return tree;
    }

    private static void putUnlessEmpty(Map<String, Object> into, String name, Map<String, Object> fields) {
        if (!fields.isEmpty()) {
            into.put(name, fields);
        }
    }
}
