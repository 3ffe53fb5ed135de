package dev.fairlead.seldon;

import dev.fairlead.ModelSource;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.kubernetes.Resources;
import dev.fairlead.seldon.internal.kube.ModelLabels;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract class PredictorSpecValue implements PredictorSpec, Problems.Checked {
    @Override
    @Value.Default
    public boolean shadow() {
        return false;
    }

    @Override
    public PredictorSpec.Builder toBuilder() {
        ImmutablePredictorSpec.Builder builder = ImmutablePredictorSpec.builder();
        ((Builder) builder).continueFrom(this);
        return builder.from(this);
    }

    @Override
    public void check(Problems at) {
        PredictorRules.check(this, at);
    }

    /** Shows in a few words what answers. */
    @Override
    public String toString() {
        return name() + (traffic().isPresent() ? " " + traffic().getAsInt() + "%" : "") + (shadow() ? " shadow" : "")
                + " " + graph();
    }

    /** Describes the first node and its pod as one; each call writes both anew. */
    abstract static class Builder extends ValueBuilder<PredictorSpecValue> implements PredictorSpec.Builder {
        private GraphNode.Builder root = GraphNode.builder().name(DEFAULT_MODEL_NAME);
        private ComponentSpec.Builder component = ComponentSpec.builder();
        private PodTemplate.@Nullable Builder pod;
        private String rootName = DEFAULT_MODEL_NAME;

        private void continueFrom(PredictorSpec other) {
            root = other.graph().toBuilder();
            rootName = other.graph().name();
            if (other.componentSpecs().size() == 1) {
                ComponentSpec only = other.componentSpecs().get(0);
                component = only.toBuilder();
                only.pod().filter(p -> p.mainContainer().equals(rootName)).ifPresent(p -> pod = p.toBuilder());
            }
        }

        private PredictorSpec.Builder writeGraph() {
            return graph(root);
        }

        private PodTemplate.Builder podBuilder() {
            if (pod == null) {
                pod = PodTemplate.builder().mainContainer(rootName);
            }
            return pod;
        }

        private PredictorSpec.Builder writePod() {
            component.pod(ValueBuilder.<PodTemplate>partOf(podBuilder()));
            return componentSpecs(List.of(ValueBuilder.<ComponentSpec>partOf(component)));
        }

        @Override
        public PredictorSpec.Builder server(ServerImplementation server) {
            root.implementation(server);
            return writeGraph();
        }

        @Override
        public PredictorSpec.Builder modelName(String name) {
            root.name(name);
            rootName = name;
            if (pod != null) {
                pod.mainContainer(name);
                writePod();
            }
            return writeGraph();
        }

        @Override
        public PredictorSpec.Builder model(ModelSource source) {
            ModelLabels.put(source, this::putLabel, this::putAnnotation);
            return modelUri(source.storageUri());
        }

        @Override
        public PredictorSpec.Builder modelUri(URI modelUri) {
            root.modelUri(modelUri);
            return writeGraph();
        }

        @Override
        public PredictorSpec.Builder envSecretRefName(String secret) {
            root.envSecretRefName(secret);
            return writeGraph();
        }

        @Override
        public PredictorSpec.Builder serviceAccountName(String name) {
            root.serviceAccountName(name);
            return writeGraph();
        }

        @Override
        public PredictorSpec.Builder resources(Consumer<Resources.Builder> resources) {
            podBuilder().resources(resources);
            return writePod();
        }

        @Override
        public PredictorSpec.Builder pod(Consumer<PodTemplate.Builder> changes) {
            changes.accept(podBuilder());
            return writePod();
        }

        @Override
        public PredictorSpec.Builder hpa(Consumer<HpaSpec.Builder> hpa) {
            component.hpa(hpa);
            return writePod();
        }

        @Override
        public PredictorSpec.Builder keda(Consumer<KedaSpec.Builder> keda) {
            component.keda(keda);
            return writePod();
        }

        @Override
        public PredictorSpec.Builder pdb(PdbSpec pdb) {
            component.pdb(pdb);
            return writePod();
        }
    }
}
