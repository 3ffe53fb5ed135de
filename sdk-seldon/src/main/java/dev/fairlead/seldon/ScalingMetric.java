package dev.fairlead.seldon;

import dev.fairlead.seldon.internal.crd.Trees;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Is one metric an autoscaler looks at, in the form of {@code autoscaling/v2}.
 *
 * @param tree the metric as it stands in the object
 */
public record ScalingMetric(Map<String, Object> tree) {
    /** Keeps a copy. */
    public ScalingMetric {
        tree = Collections.unmodifiableMap(Trees.copy(tree));
    }

    /** Looks at the CPU used, in percent of what the pods ask for. */
    public static ScalingMetric cpu(int percent) {
        return resource("cpu", percent);
    }

    /** Looks at the memory used, in percent of what the pods ask for. */
    public static ScalingMetric memory(int percent) {
        return resource("memory", percent);
    }

    /** Looks at a resource used, in percent of what the pods ask for. */
    public static ScalingMetric resource(String resource, int percent) {
        return of("Resource", "resource", Map.of("name", resource, "target", utilization(percent)));
    }

    /** Looks at a resource that one container uses, in percent of what it asks for. */
    public static ScalingMetric container(String container, String resource, int percent) {
        return of(
                "ContainerResource",
                "containerResource",
                Map.of("container", container, "name", resource, "target", utilization(percent)));
    }

    /** Looks at a metric of the pods, such as requests in flight; the value is a quantity, the average of a pod. */
    public static ScalingMetric pods(String metric, String averageValue) {
        return of("Pods", "pods", Map.of("metric", Map.of("name", metric), "target", average(averageValue)));
    }

    /** Looks at a metric from outside the cluster, such as DCGM's of a GPU through Prometheus; the value is the average of a pod. */
    public static ScalingMetric external(String metric, Map<String, String> labels, String averageValue) {
        Map<String, Object> of = new LinkedHashMap<>();
        of.put("name", metric);
        if (!labels.isEmpty()) {
            of.put("selector", Map.of("matchLabels", labels));
        }
        return of("External", "external", Map.of("metric", of, "target", average(averageValue)));
    }

    private static ScalingMetric of(String type, String field, Map<String, Object> source) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", type);
        tree.put(field, source);
        return new ScalingMetric(tree);
    }

    private static Map<String, Object> utilization(int percent) {
        return Map.of("type", "Utilization", "averageUtilization", percent);
    }

    private static Map<String, Object> average(String value) {
        return Map.of("type", "AverageValue", "averageValue", value);
    }

    /** Returns the kind of metric, such as {@code Resource}; empty where none is said. */
    public String type() {
        return Trees.text(tree, "type");
    }
}
