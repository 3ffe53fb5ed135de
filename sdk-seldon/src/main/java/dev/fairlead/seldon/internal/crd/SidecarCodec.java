package dev.fairlead.seldon.internal.crd;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.kubernetes.Resources;
import dev.fairlead.seldon.EndpointType;
import dev.fairlead.seldon.EnvVariable;
import dev.fairlead.seldon.Explainer;
import dev.fairlead.seldon.ExplainerType;
import dev.fairlead.seldon.NodeEndpoint;
import dev.fairlead.seldon.OrchestratorSpec;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes what stands beside a graph: its orchestrator, its explainer, and where they are called. */
final class SidecarCodec {
    private SidecarCodec() {}

    static NodeEndpoint endpoint(Map<?, ?> tree) {
        NodeEndpoint.Builder builder = NodeEndpoint.builder();
        Fields fields = new Fields(tree);
        fields.text("service_host", builder::serviceHost);
        fields.number("service_port", builder::servicePort);
        fields.text("type", v -> builder.type(EndpointType.of(v)));
        fields.number("httpPort", builder::httpPort);
        fields.number("grpcPort", builder::grpcPort);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    static Map<String, Object> write(NodeEndpoint endpoint) {
        Map<String, Object> tree = new LinkedHashMap<>();
        endpoint.serviceHost().ifPresent(host -> tree.put("service_host", host));
        endpoint.servicePort().ifPresent(port -> tree.put("service_port", port));
        endpoint.type().ifPresent(type -> tree.put("type", type.value()));
        endpoint.httpPort().ifPresent(port -> tree.put("httpPort", port));
        endpoint.grpcPort().ifPresent(port -> tree.put("grpcPort", port));
        Trees.addAbsent(tree, endpoint.additionalFields());
        return tree;
    }

    static OrchestratorSpec orchestrator(Map<?, ?> tree) {
        OrchestratorSpec.Builder builder = OrchestratorSpec.builder();
        Fields fields = new Fields(tree);
        fields.object("resources", SidecarCodec::resources, builder::resources);
        fields.list(
                "env",
                v -> v instanceof Map<?, ?> variable ? new EnvVariable(Trees.copy(variable)) : null,
                builder::variables);
        fields.number("replicas", builder::replicas);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    /** Reads resources; what would be written otherwise than it came stays among the fields. */
    static @Nullable Resources resources(Map<?, ?> tree) {
        Map<String, Object> copy = Trees.copy(tree);
        try {
            Resources resources = Resources.fromTree(copy);
            return resources.toTree().equals(copy) ? resources : null;
        } catch (InvalidValueException e) {
            return null;
        }
    }

    static Map<String, Object> write(OrchestratorSpec orchestrator) {
        Map<String, Object> tree = new LinkedHashMap<>();
        orchestrator.resources().ifPresent(r -> tree.put("resources", Trees.copy(r.toTree())));
        if (!orchestrator.variables().isEmpty()) {
            tree.put(
                    "env",
                    Trees.list(orchestrator.variables().stream()
                            .map(EnvVariable::tree)
                            .toList()));
        }
        orchestrator.replicas().ifPresent(n -> tree.put("replicas", n));
        Trees.addAbsent(tree, orchestrator.additionalFields());
        return tree;
    }

    static Explainer explainer(Map<?, ?> tree) {
        Explainer.Builder builder = Explainer.builder();
        Fields fields = new Fields(tree);
        fields.text("type", v -> builder.type(ExplainerType.of(v)));
        fields.text("modelUri", URI::create, builder::modelUri);
        fields.text("serviceAccountName", builder::serviceAccountName);
        fields.text("envSecretRefName", builder::envSecretRefName);
        fields.text("storageInitializerImage", builder::storageInitializerImage);
        fields.object("containerSpec", SidecarCodec::container, builder::container);
        fields.texts("config", builder::config);
        fields.object("endpoint", SidecarCodec::endpoint, builder::endpoint);
        fields.number("replicas", builder::replicas);
        fields.text("initParameters", builder::initParameters);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    static @Nullable PodTemplate container(Map<?, ?> tree) {
        if (!(tree.get("name") instanceof String name) || name.isEmpty()) {
            return null;
        }
        try {
            return PodTemplate.fromTree(Map.of("spec", Map.of("containers", List.of(Trees.copy(tree)))));
        } catch (InvalidValueException e) {
            return null;
        }
    }

    static Map<String, Object> write(Explainer explainer) {
        Map<String, Object> tree = new LinkedHashMap<>();
        explainer.type().ifPresent(type -> tree.put("type", type.value()));
        explainer.modelUri().ifPresent(uri -> tree.put("modelUri", uri.toString()));
        explainer.serviceAccountName().ifPresent(name -> tree.put("serviceAccountName", name));
        explainer.envSecretRefName().ifPresent(name -> tree.put("envSecretRefName", name));
        explainer.storageInitializerImage().ifPresent(image -> tree.put("storageInitializerImage", image));
        explainer
                .container()
                .ifPresent(pod -> tree.put(
                        "containerSpec",
                        Trees.objects(pod.specTree(), "containers").get(0)));
        if (!explainer.config().isEmpty()) {
            tree.put("config", new LinkedHashMap<>(explainer.config()));
        }
        explainer.endpoint().ifPresent(endpoint -> tree.put("endpoint", write(endpoint)));
        explainer.replicas().ifPresent(n -> tree.put("replicas", n));
        explainer.initParameters().ifPresent(json -> tree.put("initParameters", json));
        Trees.addAbsent(tree, explainer.additionalFields());
        return tree;
    }
}
