package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class HpaSpecValue implements HpaSpec, Problems.Checked {
    private static final String OLD_METRICS = "metrics";
    private static final Map<String, String> SOURCES = Map.of(
            "Resource", "resource",
            "ContainerResource", "containerResource",
            "Pods", "pods",
            "Object", "object",
            "External", "external");

    @Override
    public HpaSpec.Builder toBuilder() {
        return ImmutableHpaSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.require(maxReplicas().isPresent(), "maxReplicas", "must be set", null)) {
            int most = maxReplicas().getAsInt();
            at.require(most >= 1, "maxReplicas", "must be at least 1", most);
            minReplicas()
                    .ifPresent(n -> at.require(n <= most, "minReplicas", "must not be above maxReplicas " + most, n));
        }
        minReplicas()
                .ifPresent(n ->
                        at.require(n >= 1, "minReplicas", "must be at least 1; kedaSpec is what scales to zero", n));
        boolean newer = !metrics().isEmpty() || additionalFields().containsKey("metricsv2");
        at.require(
                !(newer && additionalFields().containsKey(OLD_METRICS)),
                "metricsv2",
                "must not stand beside metrics, which silently wins",
                "both");
        for (int i = 0; i < metrics().size(); i++) {
            checkMetric(metrics().get(i), at.at("metricsv2[" + i + "]"));
        }
    }

    private static void checkMetric(ScalingMetric metric, Problems at) {
        String field = SOURCES.get(metric.type());
        if (at.require(
                field != null,
                "type",
                "must be one of " + SOURCES.keySet().stream().sorted().toList(),
                metric.type())) {
            List<String> given = SOURCES.values().stream()
                    .filter(metric.tree()::containsKey)
                    .sorted()
                    .toList();
            at.require(
                    given.equals(List.of(String.valueOf(field))),
                    String.valueOf(field),
                    "must be set, and no other source, for the type " + metric.type(),
                    given);
        }
    }

    abstract static class Builder extends ValueBuilder<HpaSpecValue> implements HpaSpec.Builder {}
}
