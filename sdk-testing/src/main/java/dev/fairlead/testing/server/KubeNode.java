package dev.fairlead.testing.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A node for a {@link KubeCluster}, with the labels and resources that GPU operators put on real ones. Immutable: each
 * method returns another node.
 */
public final class KubeNode {
    private final String name;
    private final Map<String, String> labels;
    private final Map<String, String> resources;
    private final List<String> taints;

    private KubeNode(String name, Map<String, String> labels, Map<String, String> resources, List<String> taints) {
        this.name = name;
        this.labels = labels;
        this.resources = resources;
        this.taints = taints;
    }

    /**
     * Describes a node without GPUs: 32 CPUs, 128 GiB, 110 pods.
     *
     * @param name the node's name
     * @return a node
     */
    public static KubeNode named(String name) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kubernetes.io/hostname", name);
        labels.put("kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", "amd64");
        Map<String, String> resources = new LinkedHashMap<>();
        resources.put("cpu", "32");
        resources.put("memory", "128Gi");
        resources.put("ephemeral-storage", "500Gi");
        resources.put("pods", "110");
        return new KubeNode(name, labels, resources, List.of());
    }

    /**
     * Describes the fleet that shared clusters have: one node without GPUs, two A100, one A100 cut by MIG, one T4 behind
     * a taint, one AMD.
     *
     * @return the nodes {@code cpu-1}, {@code a100-1}, {@code mig-1}, {@code t4-1}, {@code amd-1}
     */
    public static List<KubeNode> fleet() {
        return List.of(
                named("cpu-1"),
                named("a100-1").gpus("NVIDIA-A100-SXM4-40GB", 40_960, 2),
                named("mig-1").mig("NVIDIA-A100-SXM4-40GB", "1g.5gb", 4).mig("NVIDIA-A100-SXM4-40GB", "3g.20gb", 1),
                named("t4-1").gpus("Tesla-T4", 15_360, 1).taint("nvidia.com/gpu", "present", "NoSchedule"),
                named("amd-1").resource("amd.com/gpu", "2").label("amd.com/gpu.product-name", "AMD_Instinct_MI210"));
    }

    /**
     * Returns the name.
     *
     * @return the node's name
     */
    public String name() {
        return name;
    }

    /**
     * Adds whole NVIDIA GPUs as {@code nvidia.com/gpu} and the labels of GPU feature discovery.
     *
     * @param product for example {@code NVIDIA-A100-SXM4-40GB}
     * @param memoryMiB memory of each GPU in MiB
     * @param count how many
     * @return a node with them
     */
    public KubeNode gpus(String product, int memoryMiB, int count) {
        return resource("nvidia.com/gpu", String.valueOf(count))
                .label("nvidia.com/gpu.present", "true")
                .label("nvidia.com/gpu.product", product)
                .label("nvidia.com/gpu.memory", String.valueOf(memoryMiB))
                .label("nvidia.com/gpu.count", String.valueOf(count));
    }

    /**
     * Adds MIG slices as {@code nvidia.com/mig-PROFILE} (strategy mixed).
     *
     * @param product the product of the GPU they are cut from
     * @param profile for example {@code 1g.5gb}
     * @param count how many
     * @return a node with them
     */
    public KubeNode mig(String product, String profile, int count) {
        return resource("nvidia.com/mig-" + profile, String.valueOf(count))
                .label("nvidia.com/gpu.present", "true")
                .label("nvidia.com/gpu.product", product)
                .label("nvidia.com/mig.capable", "true")
                .label("nvidia.com/mig.strategy", "mixed")
                .label("nvidia.com/mig-" + profile + ".count", String.valueOf(count));
    }

    /**
     * Sets a resource, capacity and allocatable alike.
     *
     * @param resource for example {@code cpu}
     * @param quantity for example {@code 500m}
     * @return a node with it
     */
    public KubeNode resource(String resource, String quantity) {
        Map<String, String> all = new LinkedHashMap<>(resources);
        all.put(resource, quantity);
        return new KubeNode(name, labels, all, taints);
    }

    /**
     * Sets a label.
     *
     * @param key the label
     * @param value its value
     * @return a node with it
     */
    public KubeNode label(String key, String value) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put(key, value);
        return new KubeNode(name, all, resources, taints);
    }

    /**
     * Adds a taint.
     *
     * @param key the taint
     * @param value its value
     * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
     * @return a node with it
     */
    public KubeNode taint(String key, String value, String effect) {
        List<String> all = new ArrayList<>(taints);
        all.add("{\"key\": \"%s\", \"value\": \"%s\", \"effect\": \"%s\"}".formatted(key, value, effect));
        return new KubeNode(name, labels, resources, all);
    }

    String json() {
        return """
                {"apiVersion": "v1", "kind": "Node",
                 "metadata": {"name": "%s", "labels": %s},
                 "spec": {"taints": [%s]},
                 "status": {"capacity": %s, "allocatable": %s}}
                """.formatted(name, object(labels), String.join(", ", taints), object(resources), object(resources));
    }

    private static String object(Map<String, String> map) {
        return map.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": \"" + e.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
