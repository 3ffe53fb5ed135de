package dev.fairlead.seldon.internal.crd;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.ComponentSpec;
import dev.fairlead.seldon.GraphNode;
import dev.fairlead.seldon.NodeMethod;
import dev.fairlead.seldon.NodeParameter;
import dev.fairlead.seldon.NodeType;
import dev.fairlead.seldon.PayloadLogger;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes predictors. */
final class PredictorCodec {
    private PredictorCodec() {}

    static @Nullable PredictorSpec read(Object tree) {
        if (!(tree instanceof Map<?, ?>)) {
            return null;
        }
        PredictorSpec.Builder builder = PredictorSpec.builder();
        Fields fields = new Fields(tree);
        fields.text("name", builder::name);
        fields.object("graph", PredictorCodec::node, builder::graph);
        fields.list("componentSpecs", PredictorCodec::component, builder::componentSpecs);
        fields.number("replicas", builder::replicas);
        fields.number("traffic", builder::traffic);
        fields.truth("shadow", () -> builder.shadow(true));
        fields.texts("labels", builder::labels);
        fields.texts("annotations", builder::annotations);
        fields.number("progressDeadlineSeconds", n -> builder.progressDeadline(Duration.ofSeconds(n)));
        fields.object("explainer", SidecarCodec::explainer, builder::explainer);
        fields.object("svcOrchSpec", SidecarCodec::orchestrator, builder::orchestrator);
        fields.object("engineResources", SidecarCodec::resources, builder::engineResources);
        fields.object("ssl", PredictorCodec::certificate, builder::certSecretName);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    private static @Nullable String certificate(Map<?, ?> tree) {
        return tree.size() == 1 && tree.get("certSecretName") instanceof String name && !name.isEmpty() ? name : null;
    }

    private static GraphNode node(Map<?, ?> tree) {
        GraphNode.Builder builder = GraphNode.builder();
        Fields fields = new Fields(tree);
        fields.text("name", builder::name);
        fields.text("type", v -> builder.type(NodeType.of(v)));
        fields.text("implementation", v -> builder.implementation(ServerImplementation.of(v)));
        fields.list("methods", v -> v instanceof String word ? NodeMethod.of(word) : null, builder::methods);
        fields.list("parameters", PredictorCodec::parameter, builder::parameters);
        fields.text("modelUri", URI::create, builder::modelUri);
        fields.text("serviceAccountName", builder::serviceAccountName);
        fields.text("envSecretRefName", builder::envSecretRefName);
        fields.text("storageInitializerImage", builder::storageInitializerImage);
        fields.object("logger", PredictorCodec::logger, builder::logger);
        fields.object("endpoint", SidecarCodec::endpoint, builder::endpoint);
        fields.list("children", v -> v instanceof Map<?, ?> child ? node(child) : null, builder::children);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    private static @Nullable NodeParameter parameter(Object tree) {
        if (tree instanceof Map<?, ?> map
                && map.size() == 3
                && map.get("name") instanceof String name
                && map.get("value") instanceof String value
                && map.get("type") instanceof String type) {
            return new NodeParameter(name, value, type);
        }
        return null;
    }

    static @Nullable PayloadLogger logger(Map<?, ?> tree) {
        boolean known = Set.of("mode", "url").containsAll(tree.keySet());
        if (known && tree.get("mode") instanceof String mode) {
            return new PayloadLogger(mode, tree.get("url") instanceof String url ? url : null);
        }
        return null;
    }

    private static @Nullable ComponentSpec component(Object tree) {
        if (!(tree instanceof Map<?, ?>)) {
            return null;
        }
        ComponentSpec.Builder builder = ComponentSpec.builder();
        Fields fields = new Fields(tree);
        PodTemplate pod = pod(fields.left());
        if (pod != null) {
            fields.take("metadata");
            fields.take("spec");
            builder.pod(pod);
        }
        fields.number("replicas", builder::replicas);
        fields.object("hpaSpec", ScalingCodec::hpa, builder::hpa);
        fields.object("kedaSpec", ScalingCodec::keda, builder::keda);
        fields.object("pdbSpec", ScalingCodec::pdb, builder::pdb);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    /** Reads the pod; one that breaks a rule of pods, or names no container, stays among the fields as it came. */
    private static @Nullable PodTemplate pod(Map<String, Object> component) {
        if (!(component.get("spec") instanceof Map<?, ?> spec)
                || !(spec.get("containers") instanceof List<?> containers)
                || containers.isEmpty()) {
            return null;
        }
        Map<String, Object> template = new LinkedHashMap<>();
        if (component.get("metadata") instanceof Map<?, ?> metadata) {
            template.put("metadata", metadata);
        }
        template.put("spec", spec);
        try {
            return PodTemplate.fromTree(template);
        } catch (InvalidValueException e) {
            return null;
        }
    }

    static Map<String, Object> write(PredictorSpec predictor) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", predictor.name());
        if (!predictor.annotations().isEmpty()) {
            tree.put("annotations", new LinkedHashMap<>(predictor.annotations()));
        }
        if (!predictor.labels().isEmpty()) {
            tree.put("labels", new LinkedHashMap<>(predictor.labels()));
        }
        if (predictor.graph() != null) {
            tree.put("graph", write(predictor.graph()));
        }
        if (!predictor.componentSpecs().isEmpty()) {
            tree.put(
                    "componentSpecs",
                    Trees.list(predictor.componentSpecs().stream()
                            .map(PredictorCodec::write)
                            .toList()));
        }
        predictor.replicas().ifPresent(n -> tree.put("replicas", n));
        predictor.traffic().ifPresent(n -> tree.put("traffic", n));
        if (predictor.shadow()) {
            tree.put("shadow", true);
        }
        predictor.progressDeadline().ifPresent(d -> tree.put("progressDeadlineSeconds", (int) d.toSeconds()));
        predictor.explainer().ifPresent(explainer -> tree.put("explainer", SidecarCodec.write(explainer)));
        predictor.orchestrator().ifPresent(o -> tree.put("svcOrchSpec", SidecarCodec.write(o)));
        predictor.engineResources().ifPresent(r -> tree.put("engineResources", Trees.copy(r.toTree())));
        predictor
                .certSecretName()
                .ifPresent(name -> tree.put("ssl", new LinkedHashMap<>(Map.of("certSecretName", name))));
        Trees.addAbsent(tree, predictor.additionalFields());
        return tree;
    }

    private static Map<String, Object> write(GraphNode node) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", node.name());
        node.type().ifPresent(type -> tree.put("type", type.value()));
        node.implementation().ifPresent(server -> tree.put("implementation", server.value()));
        if (!node.methods().isEmpty()) {
            tree.put(
                    "methods",
                    Trees.list(node.methods().stream().map(NodeMethod::value).toList()));
        }
        if (!node.parameters().isEmpty()) {
            tree.put(
                    "parameters",
                    Trees.list(node.parameters().stream()
                            .map(PredictorCodec::write)
                            .toList()));
        }
        node.modelUri().ifPresent(uri -> tree.put("modelUri", uri.toString()));
        node.serviceAccountName().ifPresent(name -> tree.put("serviceAccountName", name));
        node.envSecretRefName().ifPresent(name -> tree.put("envSecretRefName", name));
        node.storageInitializerImage().ifPresent(image -> tree.put("storageInitializerImage", image));
        node.logger().ifPresent(logger -> tree.put("logger", write(logger)));
        node.endpoint().ifPresent(endpoint -> tree.put("endpoint", SidecarCodec.write(endpoint)));
        if (!node.children().isEmpty()) {
            tree.put(
                    "children",
                    Trees.list(
                            node.children().stream().map(PredictorCodec::write).toList()));
        }
        Trees.addAbsent(tree, node.additionalFields());
        return tree;
    }

    private static Map<String, Object> write(NodeParameter parameter) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", parameter.name());
        tree.put("type", parameter.type());
        tree.put("value", parameter.value());
        return tree;
    }

    static Map<String, Object> write(PayloadLogger logger) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("mode", logger.mode());
        logger.address().ifPresent(url -> tree.put("url", url));
        return tree;
    }

    private static Map<String, Object> write(ComponentSpec component) {
        Map<String, Object> tree = new LinkedHashMap<>();
        component.pod().ifPresent(pod -> tree.putAll(pod.toTree()));
        component.replicas().ifPresent(n -> tree.put("replicas", n));
        component.hpa().ifPresent(hpa -> tree.put("hpaSpec", ScalingCodec.write(hpa)));
        component.keda().ifPresent(keda -> tree.put("kedaSpec", ScalingCodec.write(keda)));
        component.pdb().ifPresent(pdb -> tree.put("pdbSpec", ScalingCodec.write(pdb)));
        Trees.addAbsent(tree, component.additionalFields());
        return tree;
    }
}
