package dev.fairlead.seldon.internal.crd;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.core2.Core2Object;
import dev.fairlead.seldon.core2.VolumeClaimTemplate;
import dev.fairlead.spi.KubeAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads and writes what all objects of Seldon Core 2 have. */
public final class Core2Codec {
    private static final String GROUP = "mlops.seldon.io";
    private static final String VERSION = "v1alpha1";

    /** Models. */
    public static final KubeAccess.Kind MODEL = kind("Model", "models");
    /** Servers. */
    public static final KubeAccess.Kind SERVER = kind("Server", "servers");
    /** What servers are made of. */
    public static final KubeAccess.Kind SERVER_CONFIG = kind("ServerConfig", "serverconfigs");
    /** Pipelines. */
    public static final KubeAccess.Kind PIPELINE = kind("Pipeline", "pipelines");
    /** Experiments. */
    public static final KubeAccess.Kind EXPERIMENT = kind("Experiment", "experiments");
    /** Installations. */
    public static final KubeAccess.Kind RUNTIME = kind("SeldonRuntime", "seldonruntimes");
    /** What installations are made of. */
    public static final KubeAccess.Kind CONFIG = kind("SeldonConfig", "seldonconfigs");

    private Core2Codec() {}

    private static KubeAccess.Kind kind(String kind, String plural) {
        return new KubeAccess.Kind(GROUP, VERSION, plural, kind, true);
    }

    /** Reads an object into a builder, without checking it. */
    static <B extends Core2Object.Builder<B>> B read(
            Map<String, ?> tree, KubeAccess.Kind kind, B builder, BiConsumer<Fields, B> readSpec) {
        Map<String, Object> copy = Trees.copy(tree);
        if (!kind.kind().equals(copy.getOrDefault("kind", kind.kind()))
                || !String.valueOf(copy.getOrDefault("apiVersion", kind.apiVersion()))
                        .startsWith(GROUP + "/")) {
            throw new InvalidResponseException(
                    "a " + kind.kind() + " of " + GROUP + " was expected, not a " + copy.get("apiVersion") + " "
                            + copy.get("kind"),
                    null);
        }
        Fields root = new Fields(copy);
        root.take("kind");
        if (kind.apiVersion().equals(root.left().get("apiVersion"))) {
            root.take("apiVersion");
        }
        Fields metadata = new Fields(root.take("metadata"));
        metadata.text("name", builder::name);
        metadata.text("namespace", builder::namespace);
        metadata.texts("labels", builder::labels);
        metadata.texts("annotations", builder::annotations);
        Fields spec = new Fields(root.take("spec"));
        readSpec.accept(spec, builder);
        Map<String, Object> rest = root.left();
        putUnlessEmpty(rest, "metadata", metadata.left());
        putUnlessEmpty(rest, "spec", spec.left());
        return builder.additionalFields(rest);
    }

    /** Writes an object whose modelled fields of the spec are given. */
    static Map<String, Object> write(Core2Object object, KubeAccess.Kind kind, Map<String, Object> spec) {
        Map<String, Object> rest = Trees.copy(object.additionalFields());
        Object metadataRest = rest.remove("metadata");
        Object specRest = rest.remove("spec");
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", kind.apiVersion());
        tree.put("kind", kind.kind());
        Map<String, Object> metadata = new LinkedHashMap<>();
        put(metadata, "name", object.name());
        object.namespace().ifPresent(namespace -> metadata.put("namespace", namespace));
        putUnlessEmpty(metadata, "labels", new LinkedHashMap<>(object.labels()));
        putUnlessEmpty(metadata, "annotations", new LinkedHashMap<>(object.annotations()));
        Trees.addAbsent(metadata, metadataRest);
        tree.put("metadata", metadata);
        Trees.addAbsent(spec, specRest);
        tree.put("spec", spec);
        Trees.addAbsent(tree, rest);
        return tree;
    }

    static void put(Map<String, Object> into, String name, @Nullable Object value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    static void putTrue(Map<String, Object> into, String name, boolean value) {
        if (value) {
            into.put(name, true);
        }
    }

    static void putUnlessEmpty(Map<String, Object> into, String name, Map<String, Object> fields) {
        if (!fields.isEmpty()) {
            into.put(name, fields);
        }
    }

    static void putUnlessEmpty(Map<String, Object> into, String name, List<?> list) {
        if (!list.isEmpty()) {
            into.put(name, Trees.list(list));
        }
    }

    /** Takes texts. */
    static void words(Fields fields, String name, Consumer<List<String>> take) {
        fields.list(name, v -> v instanceof String word ? word : null, take);
    }

    /** Reads the spec of a pod; one that breaks a rule of pods, or names no container, stays among the fields as it came. */
    static @Nullable PodTemplate pod(Map<?, ?> spec) {
        if (!(spec.get("containers") instanceof List<?> containers) || containers.isEmpty()) {
            return null;
        }
        try {
            return PodTemplate.fromTree(Map.of("spec", Trees.copy(spec)));
        } catch (InvalidValueException e) {
            return null;
        }
    }

    static @Nullable VolumeClaimTemplate claim(Object tree) {
        return tree instanceof Map<?, ?> map ? new VolumeClaimTemplate(Trees.copy(map)) : null;
    }
}
