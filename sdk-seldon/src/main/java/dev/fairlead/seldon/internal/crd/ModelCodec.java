package dev.fairlead.seldon.internal.crd;

import dev.fairlead.seldon.core2.ExplainerMethod;
import dev.fairlead.seldon.core2.ModelExplainer;
import dev.fairlead.seldon.core2.ModelLogger;
import dev.fairlead.seldon.core2.ModelParameter;
import dev.fairlead.seldon.core2.SeldonModel;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads and writes Models of Seldon Core 2 without loss. */
public final class ModelCodec {
    private static final String DIGITS = "[0-9]{1,18}";

    private ModelCodec() {}

    /** Reads an object without checking it. */
    public static SeldonModel read(Map<String, ?> tree) {
        return ValueBuilder.partOf(
                Core2Codec.read(tree, Core2Codec.MODEL, SeldonModel.builder(), ModelCodec::readSpec));
    }

    private static void readSpec(Fields spec, SeldonModel.Builder builder) {
        spec.text("storageUri", URI::create, builder::storageUri);
        spec.text("modelType", builder::modelType);
        spec.number("artifactVersion", builder::artifactVersion);
        spec.text("schemaUri", URI::create, builder::schemaUri);
        spec.text("secretName", builder::secretName);
        Core2Codec.words(spec, "requirements", builder::requirements);
        readMemory(spec, builder);
        spec.number("replicas", builder::replicas);
        spec.number("minReplicas", builder::minReplicas);
        spec.number("maxReplicas", builder::maxReplicas);
        spec.text("server", builder::server);
        spec.truth("preloaded", () -> builder.preloaded(true));
        spec.truth("dedicated", () -> builder.dedicated(true));
        spec.object("logger", ModelCodec::logger, builder::logger);
        spec.object("explainer", ModelCodec::explainer, builder::explainer);
        spec.list("parameters", ModelCodec::parameter, builder::parameters);
    }

    /** A quantity may be a text or a number; digits alone are written as a number, so that both come back as they came. */
    private static void readMemory(Fields spec, SeldonModel.Builder builder) {
        Object memory = spec.left().get("memory");
        boolean text = memory instanceof String word && !word.isEmpty() && !word.matches(DIGITS);
        boolean number = (memory instanceof Integer || memory instanceof Long)
                && String.valueOf(memory).matches(DIGITS);
        if (text || number) {
            spec.take("memory");
            builder.memory(String.valueOf(memory));
        }
    }

    private static ModelLogger logger(Map<?, ?> tree) {
        AtomicReference<Integer> percent = new AtomicReference<>();
        Fields fields = new Fields(tree);
        fields.number("percent", percent::set);
        return new ModelLogger(percent.get(), fields.left());
    }

    private static ModelExplainer explainer(Map<?, ?> tree) {
        AtomicReference<ExplainerMethod> type = new AtomicReference<>();
        AtomicReference<String> model = new AtomicReference<>();
        AtomicReference<String> pipeline = new AtomicReference<>();
        Fields fields = new Fields(tree);
        fields.text("type", v -> type.set(ExplainerMethod.of(v)));
        fields.text("modelRef", model::set);
        fields.text("pipelineRef", pipeline::set);
        return new ModelExplainer(type.get(), model.get(), pipeline.get(), fields.left());
    }

    private static @Nullable ModelParameter parameter(Object tree) {
        if (tree instanceof Map<?, ?> map
                && map.get("name") instanceof String name
                && map.get("value") instanceof String value) {
            Fields fields = new Fields(map);
            fields.take("name");
            fields.take("value");
            return new ModelParameter(name, value, fields.left());
        }
        return null;
    }

    /** Writes an object. */
    public static Map<String, Object> write(SeldonModel model) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (model.storageUri() != null) {
            spec.put("storageUri", model.storageUri().toString());
        }
        model.modelType().ifPresent(type -> spec.put("modelType", type));
        model.artifactVersion().ifPresent(version -> spec.put("artifactVersion", version));
        model.schemaUri().ifPresent(uri -> spec.put("schemaUri", uri.toString()));
        model.secretName().ifPresent(name -> spec.put("secretName", name));
        Core2Codec.putUnlessEmpty(spec, "requirements", model.requirements());
        model.memory()
                .ifPresent(
                        memory -> spec.put("memory", memory.matches(DIGITS) ? whole(Long.parseLong(memory)) : memory));
        model.replicas().ifPresent(n -> spec.put("replicas", n));
        model.minReplicas().ifPresent(n -> spec.put("minReplicas", n));
        model.maxReplicas().ifPresent(n -> spec.put("maxReplicas", n));
        model.server().ifPresent(server -> spec.put("server", server));
        Core2Codec.putTrue(spec, "preloaded", model.preloaded());
        Core2Codec.putTrue(spec, "dedicated", model.dedicated());
        model.logger().ifPresent(logger -> spec.put("logger", write(logger)));
        model.explainer().ifPresent(explainer -> spec.put("explainer", write(explainer)));
        Core2Codec.putUnlessEmpty(
                spec,
                "parameters",
                model.parameters().stream().map(ModelCodec::write).toList());
        return Core2Codec.write(model, Core2Codec.MODEL, spec);
    }

    /** A number as it is read: the smallest kind that holds it. */
    private static Number whole(long number) {
        if (number == (int) number) {
            return (int) number;
        }
        return number;
    }

    private static Map<String, Object> write(ModelLogger logger) {
        Map<String, Object> tree = new LinkedHashMap<>();
        logger.percent().ifPresent(percent -> tree.put("percent", percent));
        Trees.addAbsent(tree, logger.additionalFields());
        return tree;
    }

    private static Map<String, Object> write(ModelExplainer explainer) {
        Map<String, Object> tree = new LinkedHashMap<>();
        explainer.type().ifPresent(type -> tree.put("type", type.value()));
        explainer.modelRef().ifPresent(name -> tree.put("modelRef", name));
        explainer.pipelineRef().ifPresent(name -> tree.put("pipelineRef", name));
        Trees.addAbsent(tree, explainer.additionalFields());
        return tree;
    }

    private static Map<String, Object> write(ModelParameter parameter) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", parameter.name());
        tree.put("value", parameter.value());
        Trees.addAbsent(tree, parameter.additionalFields());
        return tree;
    }
}
