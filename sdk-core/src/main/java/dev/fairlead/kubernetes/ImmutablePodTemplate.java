package dev.fairlead.kubernetes;

import dev.fairlead.internal.kube.PodSpecs;
import dev.fairlead.spi.Problems;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A pod as a tree that nobody changes. Written by hand, since its fields live in the tree. */
final class ImmutablePodTemplate implements PodTemplate, Problems.Checked {
    private final Map<String, Object> tree;
    private final String main;
    private final Map<String, Resources> resources;

    ImmutablePodTemplate(Map<String, Object> tree, String main, Map<String, Resources> resources) {
        this.tree = tree;
        this.main = main;
        this.resources = Map.copyOf(resources);
    }

    private Map<String, Object> spec() {
        return Trees.map(tree, "spec");
    }

    private Map<String, Object> container() {
        return Trees.named(spec(), "containers", main).orElseThrow();
    }

    @Override
    public void check(Problems at) {
        PodRules.check(tree, main, resources, at);
    }

    @Override
    public String mainContainer() {
        return main;
    }

    @Override
    public Optional<String> image() {
        return Trees.text(container(), "image");
    }

    @Override
    public List<String> command() {
        return Trees.words(container(), "command");
    }

    @Override
    public List<String> args() {
        return Trees.words(container(), "args");
    }

    @Override
    public Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>();
        for (Map<String, Object> variable : Trees.objects(container(), "env")) {
            if (!variable.containsKey("valueFrom")) {
                env.put(String.valueOf(variable.get("name")), String.valueOf(variable.getOrDefault("value", "")));
            }
        }
        return Collections.unmodifiableMap(env);
    }

    @Override
    public Map<String, SecretRef> secretEnv() {
        Map<String, SecretRef> env = new LinkedHashMap<>();
        for (Map<String, Object> variable : Trees.objects(container(), "env")) {
            if (variable.get("valueFrom") instanceof Map<?, ?> from
                    && from.get("secretKeyRef") instanceof Map<?, ?> secret) {
                SecretRef reference =
                        SecretRef.of(String.valueOf(secret.get("name")), String.valueOf(secret.get("key")));
                env.put(String.valueOf(variable.get("name")), reference);
            }
        }
        return Collections.unmodifiableMap(env);
    }

    @Override
    public Resources resources() {
        return draft().resourcesOf(container());
    }

    @Override
    public Map<String, String> labels() {
        return metadata("labels");
    }

    @Override
    public Map<String, String> annotations() {
        return metadata("annotations");
    }

    private Map<String, String> metadata(String field) {
        return tree.containsKey("metadata") ? Trees.texts(Trees.map(tree, "metadata"), field) : Map.of();
    }

    @Override
    public Map<String, String> nodeSelector() {
        return Trees.texts(spec(), "nodeSelector");
    }

    @Override
    public Optional<String> serviceAccount() {
        return Trees.text(spec(), "serviceAccountName");
    }

    private PodDraft draft() {
        return new PodDraft(Trees.copy(tree), main, resources);
    }

    @Override
    public Builder toBuilder() {
        return new PodTemplateBuilder(draft());
    }

    @Override
    public PodTemplate customize(UnaryOperator<PodSpec> edit) {
        Map<String, Object> changed = Trees.copy(tree);
        changed.put("spec", PodSpecs.edit(specTree(), edit));
        boolean kept =
                Trees.named(Trees.map(changed, "spec"), "containers", main).isPresent();
        PodDraft draft = kept ? new PodDraft(changed, main, Map.of()) : PodDraft.of(changed);
        return new PodTemplateBuilder(draft).build();
    }

    @Override
    public Map<String, Object> toTree() {
        return Trees.copy(tree);
    }

    @Override
    public Map<String, Object> specTree() {
        return Trees.copy(spec());
    }

    @Override
    public Map<String, Object> toPod(String name) {
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("apiVersion", "v1");
        pod.put("kind", "Pod");
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        pod.put("metadata", metadata);
        Map<String, Object> copy = toTree();
        if (copy.remove("metadata") instanceof Map<?, ?> own) {
            Trees.copy(own).forEach(metadata::putIfAbsent);
        }
        pod.putAll(copy);
        return pod;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImmutablePodTemplate that && main.equals(that.main) && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
        return 31 * tree.hashCode() + main.hashCode();
    }

    @Override
    public String toString() {
        List<String> names = Trees.objects(spec(), "containers").stream()
                .map(c -> c.get("name") + ": " + c.getOrDefault("image", "no image"))
                .toList();
        return "PodTemplate[" + String.join(", ", names) + "]";
    }
}
