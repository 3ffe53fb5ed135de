package dev.fairlead.seldon;

import dev.fairlead.seldon.internal.crd.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many pods a Deployment has, as the cluster counts them.
 *
 * @param updated those of its specification as it is now
 * @param available those of them that are available
 * @param present all of them, older ones too
 * @param conditions what the cluster says besides
 */
record PodCounts(int updated, int available, int present, List<Map<String, Object>> conditions) {

    /**
     * Counts the pods; empty as long as the cluster has not looked at the specification as it is.
     *
     * <p>A Deployment's own status may stay behind for ever: Seldon's operator takes away an annotation that the cluster's controller puts back,
     * each time the generation grows, and the controller's status is refused as too old. Its ReplicaSets tell the same, and nobody disturbs them.
     */
    static Optional<PodCounts> of(Map<String, Object> deployment, Supplier<List<Map<String, Object>>> replicaSets) {
        if (isObserved(deployment)) {
            Map<String, Object> status = Trees.at(deployment, "status");
            return Optional.of(new PodCounts(
                    Trees.number(status, "updatedReplicas", 0),
                    Trees.number(status, "availableReplicas", 0),
                    Trees.number(status, "replicas", 0),
                    Trees.objects(status, "conditions")));
        }
        List<Map<String, Object>> mine =
                replicaSets.get().stream().filter(set -> isOf(set, deployment)).toList();
        int present = mine.stream()
                .mapToInt(set -> Trees.number(Trees.at(set, "status"), "replicas", 0))
                .sum();
        return mine.stream()
                .filter(set -> isObserved(set) && template(set).equals(template(deployment)))
                .findFirst()
                .map(set -> Trees.at(set, "status"))
                .map(status -> new PodCounts(
                        Trees.number(status, "replicas", 0),
                        Trees.number(status, "availableReplicas", 0),
                        present,
                        Trees.objects(status, "conditions")));
    }

    private static boolean isObserved(Map<String, Object> object) {
        return Trees.number(Trees.at(object, "status"), "observedGeneration", 0)
                >= Trees.number(Trees.at(object, "metadata"), "generation", 0);
    }

    private static boolean isOf(Map<String, Object> replicaSet, Map<String, Object> deployment) {
        Object uid = Trees.at(deployment, "metadata").get("uid");
        return Trees.objects(Trees.at(replicaSet, "metadata"), "ownerReferences").stream()
                .anyMatch(owner -> Objects.equals(owner.get("uid"), uid));
    }

    /** Returns what the pods are made from, without the label that tells the ReplicaSets apart. */
    private static Map<String, Object> template(Map<String, Object> object) {
        Map<String, Object> template = new LinkedHashMap<>(Trees.at(object, "spec", "template"));
        Map<String, Object> metadata = new LinkedHashMap<>(Trees.at(template, "metadata"));
        Map<String, Object> labels = new LinkedHashMap<>(Trees.at(metadata, "labels"));
        labels.remove("pod-template-hash");
        metadata.put("labels", labels);
        template.put("metadata", metadata);
        return template;
    }
}
