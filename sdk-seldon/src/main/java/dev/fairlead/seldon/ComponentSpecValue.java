package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.Map;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ComponentSpecValue implements ComponentSpec, Problems.Checked {
    @Override
    public ComponentSpec.Builder toBuilder() {
        return ImmutableComponentSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        pod().ifPresent(pod -> at.part("spec", pod));
        replicas().ifPresent(n -> at.require(n >= 0, "replicas", "must not be negative", n));
        boolean hpa = additionalFields().containsKey("hpaSpec");
        boolean keda = additionalFields().containsKey("kedaSpec");
        at.require(!(hpa && keda), "hpaSpec", "must not stand beside kedaSpec, which silently wins", "both");
        at.require(
                replicas().isEmpty() || !(hpa || keda),
                "replicas",
                "must not be set with hpaSpec or kedaSpec, which decide it",
                replicas());
        if (additionalFields().get("hpaSpec") instanceof Map<?, ?> spec) {
            at.require(
                    !(spec.containsKey("metrics") && spec.containsKey("metricsv2")),
                    "hpaSpec.metricsv2",
                    "must not stand beside metrics, which silently wins",
                    "both");
            at.require(spec.get("maxReplicas") != null, "hpaSpec.maxReplicas", "must be set", null);
        }
    }

    abstract static class Builder extends ValueBuilder<ComponentSpecValue> implements ComponentSpec.Builder {}
}
