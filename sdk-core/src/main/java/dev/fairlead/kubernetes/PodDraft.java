package dev.fairlead.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pod that is being built: its tree, and the resources that were set as values, which are checked and rendered as such. */
final class PodDraft {
    private final Map<String, Object> tree;
    private final Map<String, Resources> resources;
    private String main;

    PodDraft(Map<String, Object> tree, String main, Map<String, Resources> resources) {
        this.tree = tree;
        this.main = main;
        this.resources = new LinkedHashMap<>(resources);
        if (Trees.named(spec(), "containers", main).isEmpty()) {
            Trees.list(spec(), "containers").add(0, named(main));
        }
    }

    /** Starts with a Pod, a pod template or a spec. */
    static PodDraft of(Map<String, ?> given) {
        Map<String, Object> copy = Trees.copy(given);
        Map<String, Object> tree = new LinkedHashMap<>();
        if (copy.containsKey("spec")) {
            copy.keySet().removeAll(List.of("apiVersion", "kind", "status"));
            tree.putAll(copy);
        } else {
            tree.put("spec", copy);
        }
        List<Map<String, Object>> containers = Trees.objects(Trees.map(tree, "spec"), "containers");
        String main =
                containers.isEmpty() ? "main" : String.valueOf(containers.get(0).getOrDefault("name", "main"));
        if (!containers.isEmpty()) {
            containers.get(0).putIfAbsent("name", main);
        }
        return new PodDraft(tree, main, Map.of());
    }

    private static Map<String, Object> named(String name) {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", name);
        return container;
    }

    Map<String, Object> spec() {
        return Trees.map(tree, "spec");
    }

    Map<String, Object> metadata() {
        return Trees.map(tree, "metadata");
    }

    Map<String, Object> mainContainer() {
        return Trees.named(spec(), "containers", main).orElseThrow();
    }

    Map<String, Object> container(String field, String name) {
        return Trees.named(spec(), field, name).orElseGet(() -> {
            Map<String, Object> container = named(name);
            Trees.list(spec(), field).add(container);
            return container;
        });
    }

    void rename(String name) {
        Map<String, Object> container = mainContainer();
        Resources kept = resources.remove(main);
        if (kept != null) {
            resources.put(name, kept);
        }
        container.put("name", name);
        main = name;
    }

    void addVolume(Volume volume) {
        Trees.putNamed(Trees.list(spec(), "volumes"), Trees.copy(volume.toTree()));
    }

    void setResources(Map<String, Object> container, Resources value) {
        resources.put(String.valueOf(container.get("name")), value);
    }

    Resources resourcesOf(Map<String, Object> container) {
        Resources typed = resources.get(String.valueOf(container.get("name")));
        if (typed != null) {
            return typed;
        }
        return container.get("resources") instanceof Map<?, ?> given
                ? Resources.fromTree(Trees.copy(given))
                : Resources.builder().build();
    }

    /** Makes the pod: typed resources are written into the tree with all they bring along. */
    ImmutablePodTemplate make() {
        Map<String, Object> made = new LinkedHashMap<>();
        Trees.map(made, "metadata"); // first, as people write it
        made.putAll(Trees.copy(tree));
        Map<String, Object> spec = Trees.map(made, "spec");
        for (String field : List.of("initContainers", "containers")) {
            for (Map<String, Object> container : Trees.objects(spec, field)) {
                String name = String.valueOf(container.get("name"));
                Resources value = resources.get(name);
                if (value != null) {
                    write(value, name, container, made);
                }
            }
        }
        dropEmpty(made);
        return new ImmutablePodTemplate(made, main, resources);
    }

    private static void write(Resources value, String name, Map<String, Object> container, Map<String, Object> pod) {
        Map<String, Object> written = Trees.copy(value.toTree());
        if (written.isEmpty()) {
            container.remove("resources");
        } else {
            container.put("resources", written);
        }
        value.gpu().ifPresent(gpu -> GpuRules.addToPod(gpu, name, pod));
    }

    private static void dropEmpty(Map<String, Object> tree) {
        if (tree.get("metadata") instanceof Map<?, ?> metadata) {
            for (String field : List.of("labels", "annotations")) {
                if (metadata.get(field) instanceof Map<?, ?> map && map.isEmpty()) {
                    metadata.remove(field);
                }
            }
            if (metadata.isEmpty()) {
                tree.remove("metadata");
            }
        }
        Map<String, Object> spec = Trees.map(tree, "spec");
        for (String field : new ArrayList<>(spec.keySet())) {
            if (List.of("tolerations", "volumes", "imagePullSecrets").contains(field)
                    && spec.get(field) instanceof List<?> list
                    && list.isEmpty()) {
                spec.remove(field);
            }
        }
    }
}
