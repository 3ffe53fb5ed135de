package dev.fairlead.airflow.dag;

import dev.fairlead.kubernetes.PodTemplate;
import java.util.List;
import java.util.Map;

/** Makes KubeRay's jobs. */
final class RayJobs {
    private RayJobs() {}

    static Map<String, Object> tree(
            Expression name, Expression entrypoint, PodTemplate head, PodTemplate worker, int workers) {
        Map<String, Object> cluster = Map.of(
                "headGroupSpec", Map.of("rayStartParams", Map.of(), "template", head.toTree()),
                "workerGroupSpecs",
                        List.of(Map.of(
                                "groupName",
                                "workers",
                                "replicas",
                                workers,
                                "minReplicas",
                                workers,
                                "maxReplicas",
                                workers,
                                "rayStartParams",
                                Map.of(),
                                "template",
                                worker.toTree())));
        return Map.of(
                "apiVersion",
                "ray.io/v1",
                "kind",
                "RayJob",
                "metadata",
                Map.of("name", name),
                "spec",
                Map.of("entrypoint", entrypoint, "shutdownAfterJobFinishes", true, "rayClusterSpec", cluster));
    }
}
