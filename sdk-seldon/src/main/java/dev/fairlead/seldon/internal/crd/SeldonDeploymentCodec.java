package dev.fairlead.seldon.internal.crd;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.seldon.Explainer;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.ServerType;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.seldon.Transport;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.ValueBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes SeldonDeployments without loss. */
public final class SeldonDeploymentCodec {
    /** The kind of object. */
    public static final KubeAccess.Kind KIND =
            new KubeAccess.Kind("machinelearning.seldon.io", "v1", "seldondeployments", "SeldonDeployment", true);

    private SeldonDeploymentCodec() {}

    /** Reads an object without checking it. */
    public static SeldonDeployment read(Map<String, ?> tree) {
        Map<String, Object> copy = Trees.copy(tree);
        if (!KIND.kind().equals(copy.getOrDefault("kind", KIND.kind()))
                || !String.valueOf(copy.getOrDefault("apiVersion", KIND.apiVersion()))
                        .startsWith(KIND.group() + "/")) {
            throw new InvalidResponseException(
                    "a SeldonDeployment was expected, not a " + copy.get("apiVersion") + " " + copy.get("kind"), null);
        }
        SeldonDeployment.Builder builder = SeldonDeployment.builder();
        Fields root = new Fields(copy);
        root.take("kind");
        if (KIND.apiVersion().equals(root.left().get("apiVersion"))) {
            root.take("apiVersion");
        }
        Fields metadata = new Fields(root.take("metadata"));
        metadata.text("name", builder::name);
        metadata.text("namespace", builder::namespace);
        metadata.texts("labels", builder::labels);
        metadata.texts("annotations", builder::annotations);
        Fields spec = new Fields(root.take("spec"));
        spec.texts("annotations", builder::settings);
        spec.text("protocol", v -> builder.protocol(ServingProtocol.of(v)));
        spec.text("transport", v -> builder.transport(Transport.of(v)));
        spec.text("serverType", v -> builder.serverType(ServerType.of(v)));
        spec.number("replicas", builder::replicas);
        spec.list("predictors", PredictorCodec::read, builder::predictors);
        Map<String, Object> rest = root.left();
        putUnlessEmpty(rest, "metadata", metadata.left());
        putUnlessEmpty(rest, "spec", spec.left());
        builder.additionalFields(rest);
        return ValueBuilder.partOf(builder);
    }

    private static void putUnlessEmpty(Map<String, Object> into, String name, Map<String, Object> fields) {
        if (!fields.isEmpty()) {
            into.put(name, fields);
        }
    }

    /** Writes an object. */
    public static Map<String, Object> write(SeldonDeployment deployment) {
        Map<String, Object> rest = Trees.copy(deployment.additionalFields());
        Object metadataRest = rest.remove("metadata");
        Object specRest = rest.remove("spec");
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", KIND.apiVersion());
        tree.put("kind", KIND.kind());
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", deployment.name());
        deployment.namespace().ifPresent(namespace -> metadata.put("namespace", namespace));
        putUnlessEmpty(metadata, "labels", new LinkedHashMap<>(deployment.labels()));
        putUnlessEmpty(metadata, "annotations", new LinkedHashMap<>(deployment.annotations()));
        Trees.addAbsent(metadata, metadataRest);
        tree.put("metadata", metadata);
        Map<String, Object> spec = new LinkedHashMap<>();
        putUnlessEmpty(spec, "annotations", new LinkedHashMap<>(deployment.settings()));
        deployment.protocol().ifPresent(protocol -> spec.put("protocol", protocol.value()));
        deployment.transport().ifPresent(transport -> spec.put("transport", transport.value()));
        deployment.serverType().ifPresent(type -> spec.put("serverType", type.value()));
        deployment.replicas().ifPresent(n -> spec.put("replicas", n));
        List<Map<String, Object>> predictors = deployment.predictors().stream()
                .map(SeldonDeploymentCodec::write)
                .toList();
        if (!predictors.isEmpty()) {
            spec.put("predictors", Trees.list(predictors));
        }
        Trees.addAbsent(spec, specRest);
        tree.put("spec", spec);
        Trees.addAbsent(tree, rest);
        return tree;
    }

    /** Writes an explainer as it stands in a predictor. */
    public static Map<String, Object> write(Explainer explainer) {
        return SidecarCodec.write(explainer);
    }

    /** Writes a predictor. */
    public static Map<String, Object> write(PredictorSpec predictor) {
        return PredictorCodec.write(predictor);
    }
}
