package dev.fairlead.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Builds pods. */
final class PodTemplateBuilder extends ContainerEdits<ImmutablePodTemplate, PodTemplate.Builder>
        implements PodTemplate.Builder {
    private final PodDraft draft;

    PodTemplateBuilder() {
        this(Map.of("spec", Map.of()));
    }

    PodTemplateBuilder(Map<String, ?> tree) {
        this(PodDraft.of(tree));
    }

    PodTemplateBuilder(PodDraft draft) {
        this.draft = draft;
    }

    @Override
    Map<String, Object> container() {
        return draft.mainContainer();
    }

    @Override
    PodDraft pod() {
        return draft;
    }

    @Override
    PodTemplate.Builder self() {
        return this;
    }

    @Override
    protected ImmutablePodTemplate part() {
        return draft.make();
    }

    @Override
    public PodTemplate.Builder mainContainer(String name) {
        draft.rename(name);
        return this;
    }

    @Override
    public PodTemplate.Builder container(String name, Consumer<PodTemplate.ContainerBuilder> changes) {
        changes.accept(new Other(draft, draft.container("containers", name)));
        return this;
    }

    @Override
    public PodTemplate.Builder initContainer(String name, Consumer<PodTemplate.ContainerBuilder> changes) {
        changes.accept(new Other(draft, draft.container("initContainers", name)));
        return this;
    }

    @Override
    public PodTemplate.Builder addVolume(Volume volume) {
        draft.addVolume(volume);
        return this;
    }

    @Override
    public PodTemplate.Builder labels(Map<String, String> labels) {
        draft.metadata().put("labels", new LinkedHashMap<>(labels));
        return this;
    }

    @Override
    public PodTemplate.Builder putLabel(String key, String value) {
        Trees.map(draft.metadata(), "labels").put(key, value);
        return this;
    }

    @Override
    public PodTemplate.Builder annotations(Map<String, String> annotations) {
        draft.metadata().put("annotations", new LinkedHashMap<>(annotations));
        return this;
    }

    @Override
    public PodTemplate.Builder putAnnotation(String key, String value) {
        Trees.map(draft.metadata(), "annotations").put(key, value);
        return this;
    }

    @Override
    public PodTemplate.Builder nodeSelector(Map<String, String> labels) {
        return specField("nodeSelector", new LinkedHashMap<>(labels));
    }

    @Override
    public PodTemplate.Builder putNodeSelector(String key, String value) {
        Trees.map(draft.spec(), "nodeSelector").put(key, value);
        return this;
    }

    @Override
    public PodTemplate.Builder addToleration(Toleration toleration) {
        Trees.list(draft.spec(), "tolerations").add(toleration.toTree());
        return this;
    }

    @Override
    public PodTemplate.Builder serviceAccount(String name) {
        return specField("serviceAccountName", name);
    }

    @Override
    public PodTemplate.Builder addImagePullSecret(String secret) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("name", secret);
        Trees.putNamed(Trees.list(draft.spec(), "imagePullSecrets"), reference);
        return this;
    }

    @Override
    public PodTemplate.Builder runtimeClass(String name) {
        return specField("runtimeClassName", name);
    }

    @Override
    public PodTemplate.Builder priorityClass(String name) {
        return specField("priorityClassName", name);
    }

    @Override
    public PodTemplate.Builder schedulerName(String name) {
        return specField("schedulerName", name);
    }

    @Override
    public PodTemplate.Builder restartPolicy(String policy) {
        return specField("restartPolicy", policy);
    }

    @Override
    public PodTemplate.Builder specField(String name, Object tree) {
        draft.spec().put(name, Trees.mutable(tree));
        return this;
    }
}
