package dev.fairlead.seldon.kserve;

import dev.fairlead.seldon.internal.kube.KubeNames;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class InferenceServiceValue implements InferenceService, Problems.Checked {
    private static final String AUTOSCALER = "serving.kserve.io/autoscalerClass";
    private static final String KNATIVE_CLASS = "autoscaling.knative.dev/class";
    private static final List<ScaleMetric> KUBERNETES = List.of(ScaleMetric.CPU, ScaleMetric.MEMORY);
    private static final int LONGEST_SERVICE = 63;

    @Override
    public InferenceService.Builder toBuilder() {
        return ImmutableInferenceService.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        String longest = transformer().isPresent() ? "-transformer" : "-predictor";
        at.require(
                name() != null
                        && name().matches("[a-z]([-a-z0-9]*[a-z0-9])?")
                        && name().length() + longest.length() <= LONGEST_SERVICE,
                "name",
                "must be lower-case letters, digits and '-', begin with a letter, end with a letter or digit, and leave room for "
                        + longest + " in 63 characters",
                name());
        namespace().ifPresent(namespace -> KubeNames.checkLabel(at, "namespace", namespace));
        KubeNames.checkLabels(at, "labels", labels());
        annotations().keySet().forEach(key -> KubeNames.checkKey(at, "annotations", key));
        if (at.requireSet("predictor", predictor())) {
            component("predictor", predictor(), at);
        }
        transformer().ifPresent(transformer -> component("transformer", transformer, at));
        explainer().ifPresent(explainer -> component("explainer", explainer, at));
    }

    private void component(String name, ServingComponent component, Problems at) {
        at.part(name, component);
        component.scaleMetric().filter(ScaleMetric::isKnown).ifPresent(m -> metric(m, component, at.at(name)));
    }

    /** Each autoscaler knows two metrics; which one is meant is only certain where the mode is said. */
    private void metric(ScaleMetric metric, ServingComponent component, Problems at) {
        boolean standard = deploymentMode().filter(DeploymentMode::isStandard).isPresent();
        boolean knative = deploymentMode().filter(DeploymentMode::isKnative).isPresent();
        String scaler = annotations().getOrDefault(AUTOSCALER, "hpa");
        boolean kubernetes = standard
                ? scaler.equals("hpa")
                : annotations().getOrDefault(KNATIVE_CLASS, "").startsWith("hpa");
        if (standard && scaler.equals("keda")) {
            at.add("scaleMetric", "must not be set with the autoscaler keda; it reads autoScaling.metrics", metric);
        } else if (kubernetes) {
            at.require(
                    KUBERNETES.contains(metric),
                    "scaleMetric",
                    "must be cpu or memory with Kubernetes' autoscaler",
                    metric);
            boolean percent = metric.equals(ScaleMetric.CPU);
            component
                    .scaleTarget()
                    .ifPresent(n ->
                            at.require(!percent || n <= 100, "scaleTarget", "must be 1 to 100 percent of the CPU", n));
        } else if (knative) {
            at.require(
                    !KUBERNETES.contains(metric),
                    "scaleMetric",
                    "must be concurrency or rps with Knative's autoscaler",
                    metric);
        }
    }

    /** Shows in one line what is served where. */
    @Override
    public String toString() {
        return "InferenceService[" + namespace().map(n -> n + "/").orElse("") + name() + ", " + predictor()
                + transformer().map(t -> ", transformer").orElse("")
                + explainer().map(e -> ", explainer").orElse("") + "]";
    }

    abstract static class Builder extends ValueBuilder<InferenceServiceValue> implements InferenceService.Builder {}
}
