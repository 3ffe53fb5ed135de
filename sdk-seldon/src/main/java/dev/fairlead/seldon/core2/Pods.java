package dev.fairlead.seldon.core2;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What must hold of the pods of servers and components. */
final class Pods {
    private Pods() {}

    /** Sets up a pod with one container; its problems are reported with those of the whole. */
    static PodTemplate container(String name, Consumer<PodTemplate.Builder> changes) {
        PodTemplate.Builder builder = PodTemplate.builder().mainContainer(name);
        changes.accept(builder);
        return ValueBuilder.partOf(builder);
    }

    /** Checks a pod of which the object holds the spec alone. */
    static void checkSpec(PodTemplate pod, Problems at) {
        at.part("podSpec", pod);
        Map<String, Object> tree = pod.toTree();
        at.require(
                tree.keySet().equals(Set.of("spec")),
                "podSpec",
                "must have no labels and annotations: there is no place for them, and what needs them, such as a fraction of"
                        + " a GPU, cannot be had here",
                tree.keySet());
        Map<String, Object> spec = pod.specTree();
        for (String field : List.of("initContainers", "containers")) {
            for (Map<String, Object> container : Trees.objects(spec, field)) {
                at.require(
                        !Trees.at(container, "resources").containsKey("claims"),
                        "podSpec." + field + "[" + container.get("name") + "].resources.claims",
                        "must not be set: the cluster silently drops claims of devices here",
                        Trees.at(container, "resources").get("claims"));
            }
        }
    }

    /** Checks a container that stands alone. */
    static void checkContainer(PodTemplate pod, String field, Problems at) {
        at.part(field, pod);
        boolean alone = pod.toTree().keySet().equals(Set.of("spec"))
                && pod.specTree().keySet().equals(Set.of("containers"))
                && Trees.objects(pod.specTree(), "containers").size() == 1;
        at.require(
                alone,
                field,
                "must be a container alone, without a pod whose volumes, labels or tolerations could be set; set those of the"
                        + " server's pod",
                pod.specTree().keySet());
    }

    /** Is a value that another problem shows already. */
    private record Shown(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Checks a pod that stands among the fields we do not model, since it breaks a rule of pods. */
    static void checkLeft(Map<String, Object> fields, Problems at) {
        Map<String, Object> spec = Trees.at(fields, "podSpec");
        if (Trees.objects(spec, "containers").isEmpty()) {
            return;
        }
        try {
            PodTemplate.fromTree(Map.of("spec", spec));
        } catch (InvalidValueException e) {
            for (Problem problem : e.problems()) {
                at.at("podSpec").at(problem.place()).add(problem.rule(), new Shown(problem.value()));
            }
        }
    }
}
