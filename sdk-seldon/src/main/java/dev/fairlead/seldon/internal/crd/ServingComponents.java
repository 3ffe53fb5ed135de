package dev.fairlead.seldon.internal.crd;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.seldon.kserve.Batcher;
import dev.fairlead.seldon.kserve.InferenceExplainer;
import dev.fairlead.seldon.kserve.InferencePredictor;
import dev.fairlead.seldon.kserve.InferenceTransformer;
import dev.fairlead.seldon.kserve.ModelFormat;
import dev.fairlead.seldon.kserve.PredictorModel;
import dev.fairlead.seldon.kserve.ScaleMetric;
import dev.fairlead.seldon.kserve.ServingComponent;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the components of an InferenceService. KServe spreads a pod over them: its fields stand among the component's own, and
 * those of the model's container among the model's.
 */
final class ServingComponents {
    private static final Set<String> POD = Set.of(
            ("activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks"
                            + " hostAliases hostIPC hostNetwork hostPID hostUsers hostname hostnameOverride imagePullSecrets"
                            + " initContainers nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName"
                            + " readinessGates resourceClaims restartPolicy runtimeClassName schedulerName schedulingGates"
                            + " securityContext serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace"
                            + " subdomain terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes")
                    .split(" "));
    private static final Set<String> CONTAINER = Set.of(
            ("args command env envFrom image imagePullPolicy lifecycle livenessProbe ports readinessProbe resizePolicy"
                            + " resources restartPolicy securityContext startupProbe stdin stdinOnce terminationMessagePath"
                            + " terminationMessagePolicy tty volumeDevices volumeMounts workingDir")
                    .split(" "));

    private ServingComponents() {}

    static InferencePredictor predictor(Map<?, ?> tree) {
        InferencePredictor.Builder builder = InferencePredictor.builder();
        Fields fields = new Fields(tree);
        Fields model = new Fields(fields.left().get("model"));
        boolean served = fields.left().get("model") instanceof Map<?, ?>;
        read(fields, served ? model : null, builder);
        if (served) {
            fields.take("model");
            builder.model(model(model));
        }
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    static InferenceTransformer transformer(Map<?, ?> tree) {
        InferenceTransformer.Builder builder = InferenceTransformer.builder();
        Fields fields = new Fields(tree);
        read(fields, null, builder);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    static InferenceExplainer explainer(Map<?, ?> tree) {
        InferenceExplainer.Builder builder = InferenceExplainer.builder();
        Fields fields = new Fields(tree);
        read(fields, null, builder);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    private static PredictorModel model(Fields fields) {
        PredictorModel.Builder builder = PredictorModel.builder();
        fields.object("modelFormat", ServingComponents::format, builder::format);
        fields.text("protocolVersion", v -> builder.protocol(ServingProtocol.of(v)));
        fields.text("runtime", builder::runtime);
        fields.text("runtimeVersion", builder::runtimeVersion);
        fields.text("storageUri", URI::create, builder::storageUri);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    private static @Nullable ModelFormat format(Map<?, ?> tree) {
        boolean known = Set.of("name", "version").containsAll(tree.keySet());
        Object version = tree.get("version");
        return known && tree.get("name") instanceof String name && (version == null || version instanceof String)
                ? new ModelFormat(name, (String) version)
                : null;
    }

    private static void read(Fields fields, @Nullable Fields model, ServingComponent.Settings<?> builder) {
        PodTemplate pod = pod(fields.left(), model == null ? null : model.left());
        if (pod != null) {
            POD.forEach(fields::take);
            if (model != null) {
                CONTAINER.forEach(model::take);
            }
            builder.pod(pod);
        }
        fields.number("minReplicas", builder::minReplicas);
        fields.number("maxReplicas", builder::maxReplicas);
        fields.number("scaleTarget", builder::scaleTarget);
        fields.text("scaleMetric", v -> builder.scaleMetric(ScaleMetric.of(v)));
        fields.number("canaryTrafficPercent", builder::canaryTrafficPercent);
        fields.number("containerConcurrency", builder::containerConcurrency);
        fields.number("timeout", n -> builder.timeout(Duration.ofSeconds(n)));
        fields.object("logger", PredictorCodec::logger, builder::logger);
        fields.object("batcher", ServingComponents::batcher, builder::batcher);
        fields.texts("labels", builder::labels);
        fields.texts("annotations", builder::annotations);
    }

    private static @Nullable Batcher batcher(Map<?, ?> tree) {
        boolean known = Set.of("maxBatchSize", "maxLatency").containsAll(tree.keySet())
                && tree.values().stream().allMatch(Integer.class::isInstance);
        return known
                ? new Batcher(
                        (Integer) tree.get("maxBatchSize"),
                        tree.get("maxLatency") instanceof Integer n ? Duration.ofMillis(n) : null)
                : null;
    }

    /** Gathers the pod; one that breaks a rule of pods, or would be written otherwise than it came, stays among the fields. */
    private static @Nullable PodTemplate pod(Map<String, Object> component, @Nullable Map<String, Object> model) {
        Map<String, Object> spec = only(POD, component);
        Map<String, Object> container = model == null ? Map.of() : only(CONTAINER, model);
        if (spec.isEmpty() && container.isEmpty()) {
            return null;
        }
        Map<String, Object> whole = Trees.copy(spec);
        if (model != null) {
            List<Object> containers = new ArrayList<>();
            Map<String, Object> main = new LinkedHashMap<>();
            main.put("name", ServingComponent.MAIN_CONTAINER);
            main.putAll(Trees.copy(container));
            containers.add(main);
            containers.addAll(Trees.objects(spec, "containers"));
            whole.put("containers", containers);
        }
        if (Trees.objects(whole, "containers").isEmpty()) {
            return null;
        }
        try {
            PodTemplate pod = PodTemplate.fromTree(Map.of("spec", whole));
            Map<String, Object> again = new LinkedHashMap<>();
            Map<String, Object> containerAgain = new LinkedHashMap<>();
            write(pod, again, model == null ? null : containerAgain);
            return again.equals(spec) && containerAgain.equals(container) ? pod : null;
        } catch (InvalidValueException e) {
            return null;
        }
    }

    private static Map<String, Object> only(Set<String> names, Map<String, Object> from) {
        Map<String, Object> chosen = new LinkedHashMap<>(from);
        chosen.keySet().retainAll(names);
        return chosen;
    }

    static Map<String, Object> write(ServingComponent component, Optional<PredictorModel> model) {
        Map<String, Object> tree = new LinkedHashMap<>();
        component.minReplicas().ifPresent(n -> tree.put("minReplicas", n));
        component.maxReplicas().ifPresent(n -> tree.put("maxReplicas", n));
        component.scaleTarget().ifPresent(n -> tree.put("scaleTarget", n));
        component.scaleMetric().ifPresent(metric -> tree.put("scaleMetric", metric.value()));
        component.canaryTrafficPercent().ifPresent(n -> tree.put("canaryTrafficPercent", n));
        component.containerConcurrency().ifPresent(n -> tree.put("containerConcurrency", n));
        component.timeout().ifPresent(d -> tree.put("timeout", (int) d.toSeconds()));
        component.logger().ifPresent(logger -> tree.put("logger", PredictorCodec.write(logger)));
        component.batcher().ifPresent(batcher -> tree.put("batcher", write(batcher)));
        if (!component.labels().isEmpty()) {
            tree.put("labels", new LinkedHashMap<>(component.labels()));
        }
        if (!component.annotations().isEmpty()) {
            tree.put("annotations", new LinkedHashMap<>(component.annotations()));
        }
        Map<String, Object> modelTree = new LinkedHashMap<>();
        model.ifPresent(m -> write(m, modelTree));
        component.pod().ifPresent(pod -> write(pod, tree, model.isPresent() ? modelTree : null));
        model.ifPresent(m -> {
            Trees.addAbsent(modelTree, m.additionalFields());
            tree.put("model", modelTree);
        });
        Trees.addAbsent(tree, component.additionalFields());
        return tree;
    }

    private static void write(PredictorModel model, Map<String, Object> tree) {
        if (model.format() != null) {
            Map<String, Object> format = new LinkedHashMap<>();
            format.put("name", model.format().name());
            model.format().exactVersion().ifPresent(version -> format.put("version", version));
            tree.put("modelFormat", format);
        }
        model.protocol().ifPresent(protocol -> tree.put("protocolVersion", protocol.value()));
        model.runtime().ifPresent(name -> tree.put("runtime", name));
        model.runtimeVersion().ifPresent(version -> tree.put("runtimeVersion", version));
        model.storageUri().ifPresent(uri -> tree.put("storageUri", uri.toString()));
    }

    private static Map<String, Object> write(Batcher batcher) {
        Map<String, Object> tree = new LinkedHashMap<>();
        batcher.maxBatchSize().ifPresent(n -> tree.put("maxBatchSize", n));
        batcher.maxLatency().ifPresent(d -> tree.put("maxLatency", (int) d.toMillis()));
        return tree;
    }

    /** Spreads a pod over a component and, where there is one, its model. */
    private static void write(PodTemplate pod, Map<String, Object> component, @Nullable Map<String, Object> model) {
        Map<String, Object> spec = Trees.copy(pod.specTree());
        if (model != null) {
            List<Object> others = new ArrayList<>();
            for (Map<String, Object> container : Trees.objects(spec, "containers")) {
                if (pod.mainContainer().equals(container.get("name"))) {
                    container.remove("name");
                    model.putAll(container);
                } else {
                    others.add(container);
                }
            }
            spec.remove("containers");
            if (!others.isEmpty()) {
                spec.put("containers", others);
            }
        }
        component.putAll(spec);
    }
}
