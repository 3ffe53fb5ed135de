package dev.fairlead.seldon.internal.crd;

import dev.fairlead.seldon.HpaSpec;
import dev.fairlead.seldon.KedaSpec;
import dev.fairlead.seldon.KedaTrigger;
import dev.fairlead.seldon.PdbSpec;
import dev.fairlead.seldon.ScalingMetric;
import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes how many pods run: autoscalers and disruption budgets. */
final class ScalingCodec {
    private ScalingCodec() {}

    static HpaSpec hpa(Map<?, ?> tree) {
        HpaSpec.Builder builder = HpaSpec.builder();
        Fields fields = new Fields(tree);
        fields.number("minReplicas", builder::minReplicas);
        fields.number("maxReplicas", builder::maxReplicas);
        fields.list(
                "metricsv2",
                v -> v instanceof Map<?, ?> metric ? new ScalingMetric(Trees.copy(metric)) : null,
                builder::metrics);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    static Map<String, Object> write(HpaSpec hpa) {
        Map<String, Object> tree = new LinkedHashMap<>();
        hpa.minReplicas().ifPresent(n -> tree.put("minReplicas", n));
        hpa.maxReplicas().ifPresent(n -> tree.put("maxReplicas", n));
        if (!hpa.metrics().isEmpty()) {
            tree.put(
                    "metricsv2",
                    Trees.list(hpa.metrics().stream().map(ScalingMetric::tree).toList()));
        }
        Trees.addAbsent(tree, hpa.additionalFields());
        return tree;
    }

    static KedaSpec keda(Map<?, ?> tree) {
        KedaSpec.Builder builder = KedaSpec.builder();
        Fields fields = new Fields(tree);
        fields.number("pollingInterval", n -> builder.pollingInterval(Duration.ofSeconds(n)));
        fields.number("cooldownPeriod", n -> builder.cooldownPeriod(Duration.ofSeconds(n)));
        fields.number("idleReplicaCount", builder::idleReplicaCount);
        fields.number("minReplicaCount", builder::minReplicaCount);
        fields.number("maxReplicaCount", builder::maxReplicaCount);
        fields.list("triggers", v -> v instanceof Map<?, ?> trigger ? trigger(trigger) : null, builder::triggers);
        fields.object("fallback", ScalingCodec::fallback, builder::fallback);
        fields.object("advanced", v -> v.isEmpty() ? null : Trees.copy(v), builder::advanced);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    private static KedaTrigger trigger(Map<?, ?> tree) {
        KedaTrigger.Builder builder = KedaTrigger.builder("");
        Fields fields = new Fields(tree);
        fields.text("type", builder::type);
        fields.text("name", builder::name);
        fields.texts("metadata", builder::metadata);
        fields.text("metricType", builder::metricType);
        fields.object(
                "authenticationRef",
                v -> v.size() == 1 && v.get("name") instanceof String name ? name : null,
                builder::authentication);
        builder.additionalFields(fields.left());
        return ValueBuilder.partOf(builder);
    }

    private static KedaSpec.@Nullable Fallback fallback(Map<?, ?> tree) {
        return tree.size() == 2
                        && tree.get("failureThreshold") instanceof Integer threshold
                        && tree.get("replicas") instanceof Integer replicas
                ? new KedaSpec.Fallback(threshold, replicas)
                : null;
    }

    static Map<String, Object> write(KedaSpec keda) {
        Map<String, Object> tree = new LinkedHashMap<>();
        keda.pollingInterval().ifPresent(d -> tree.put("pollingInterval", (int) d.toSeconds()));
        keda.cooldownPeriod().ifPresent(d -> tree.put("cooldownPeriod", (int) d.toSeconds()));
        keda.idleReplicaCount().ifPresent(n -> tree.put("idleReplicaCount", n));
        keda.minReplicaCount().ifPresent(n -> tree.put("minReplicaCount", n));
        keda.maxReplicaCount().ifPresent(n -> tree.put("maxReplicaCount", n));
        if (!keda.triggers().isEmpty()) {
            tree.put(
                    "triggers",
                    Trees.list(keda.triggers().stream().map(ScalingCodec::write).toList()));
        }
        keda.fallback().ifPresent(f -> {
            Map<String, Object> fallback = new LinkedHashMap<>();
            fallback.put("failureThreshold", f.failureThreshold());
            fallback.put("replicas", f.replicas());
            tree.put("fallback", fallback);
        });
        if (!keda.advanced().isEmpty()) {
            tree.put("advanced", Trees.copy(keda.advanced()));
        }
        Trees.addAbsent(tree, keda.additionalFields());
        return tree;
    }

    private static Map<String, Object> write(KedaTrigger trigger) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!trigger.type().isEmpty()) {
            tree.put("type", trigger.type());
        }
        trigger.name().ifPresent(name -> tree.put("name", name));
        if (!trigger.metadata().isEmpty()) {
            tree.put("metadata", new LinkedHashMap<>(trigger.metadata()));
        }
        trigger.metricType().ifPresent(type -> tree.put("metricType", type));
        trigger.authentication()
                .ifPresent(name -> tree.put("authenticationRef", new LinkedHashMap<>(Map.of("name", name))));
        Trees.addAbsent(tree, trigger.additionalFields());
        return tree;
    }

    /** Reads a budget; one with a field or an amount we do not know stays among the fields as it came. */
    static @Nullable PdbSpec pdb(Map<?, ?> tree) {
        if (!Set.of("minAvailable", "maxUnavailable").containsAll(tree.keySet())) {
            return null;
        }
        Optional<String> least = amount(tree.get("minAvailable"));
        Optional<String> most = amount(tree.get("maxUnavailable"));
        boolean whole = tree.keySet().size()
                == List.of(least, most).stream().filter(Optional::isPresent).count();
        return whole ? new PdbSpec(least.orElse(null), most.orElse(null)) : null;
    }

    private static Optional<String> amount(@Nullable Object value) {
        if (value instanceof Integer number) {
            return Optional.of(number.toString());
        }
        return value instanceof String text && !isNumber(text) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]{1,9}");
    }

    static Map<String, Object> write(PdbSpec pdb) {
        Map<String, Object> tree = new LinkedHashMap<>();
        pdb.minAvailable().ifPresent(amount -> tree.put("minAvailable", number(amount)));
        pdb.maxUnavailable().ifPresent(amount -> tree.put("maxUnavailable", number(amount)));
        return tree;
    }

    private static Object number(String amount) {
        return isNumber(amount) ? (Object) Integer.valueOf(amount) : amount;
    }
}
