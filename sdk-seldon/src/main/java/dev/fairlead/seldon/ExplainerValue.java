package dev.fairlead.seldon;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ExplainerValue implements Explainer, Problems.Checked {
    private static final int DEFAULT_PORT = 9000;

    @Override
    public Explainer.Builder toBuilder() {
        return ImmutableExplainer.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (isBlank()) {
            return; // as programs leave it that write each field of a type; the operator passes over it
        }
        at.require(
                type().isPresent(), "type", "must be set; without it the operator silently makes no explainer", null);
        type().ifPresent(type -> at.require(
                type.isKnown(), "type", "must be one of " + ExplainerType.known() + "; no server knows another", type));
        modelUri().ifPresent(uri -> GraphRules.checkModelUri(uri, at));
        envSecretRefName().ifPresent(name -> SeldonNames.checkSubdomain(at, "envSecretRefName", name));
        serviceAccountName().ifPresent(name -> SeldonNames.checkSubdomain(at, "serviceAccountName", name));
        replicas().ifPresent(n -> at.require(n >= 0, "replicas", "must not be negative", n));
        endpoint().ifPresent(endpoint -> at.part("endpoint", endpoint));
        container().ifPresent(pod -> checkContainer(pod, at));
    }

    /** Tells whether nothing is said. */
    private boolean isBlank() {
        return Trees.isBlank(SeldonDeploymentCodec.write(this));
    }

    private void checkContainer(PodTemplate pod, Problems at) {
        at.part("containerSpec", pod);
        Map<String, Object> tree = pod.toTree();
        boolean alone = tree.keySet().equals(Set.of("spec"))
                && pod.specTree().keySet().equals(Set.of("containers"))
                && Trees.objects(pod.specTree(), "containers").size() == 1;
        at.require(
                alone,
                "containerSpec",
                "must be a container alone: an explainer has no pod whose volumes, labels or tolerations could be set",
                pod.specTree().keySet());
        int port = endpoint()
                .map(NodeEndpoint::servicePort)
                .orElse(OptionalInt.empty())
                .orElse(DEFAULT_PORT);
        for (Map<String, Object> container : Trees.objects(pod.specTree(), "containers")) {
            List<Map<String, Object>> ports = Trees.objects(container, "ports");
            ports.stream()
                    .filter(p -> "http".equals(p.get("name")))
                    .map(p -> Trees.number(p, "containerPort", port))
                    .filter(p -> p != port)
                    .forEach(p -> at.add(
                            "containerSpec.ports[http]",
                            "must be the endpoint's service_port, " + port + ", for the Service leads there",
                            p));
        }
    }

    abstract static class Builder extends ValueBuilder<ExplainerValue> implements Explainer.Builder {}
}
