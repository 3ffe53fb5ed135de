package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Plays the scheduler and the kubelets: a pod is placed, runs and is ready at once, unless no node has what it asks for, or its label or
 * annotation {@code fairlead.dev/fault} names how it fails.
 */
public final class PodPlayer {
    private static final String FAULT = "fairlead.dev/fault";

    private final Controllers controllers;
    private final ObjectStore store;

    /** Plays on these objects. */
    public PodPlayer(Controllers controllers, ObjectStore store) {
        this.controllers = controllers;
        this.store = store;
    }

    /** Begins with the pods that come from now on. */
    public AutoCloseable play() {
        return controllers.listen(Kind.POD, (type, pod) -> {
            if (type.equals("ADDED")) {
                place(pod);
            }
        });
    }

    private void place(Map<String, Object> pod) {
        String namespace = Tree.at(pod, "metadata.namespace");
        String name = Tree.at(pod, "metadata.name");
        List<Map<String, Object>> nodes = controllers.list(Kind.NODE, "");
        Optional<String> node = nodes.isEmpty()
                ? Optional.of("node-1")
                : nodes.stream()
                        .filter(n -> fits(pod, n))
                        .map(n -> Tree.at(n, "metadata.name"))
                        .findFirst();
        if (node.isEmpty()) {
            String message = "0/" + nodes.size() + " nodes are available: " + nodes.size()
                    + " node(s) had too little of what the pod asks for, or other labels.";
            var unused = controllers.upsertStatus(
                    Kind.POD,
                    namespace,
                    name,
                    Tree.of(
                            "phase",
                            "Pending",
                            "conditions",
                            List.of(condition("PodScheduled", "False", "Unschedulable", message))));
            return;
        }
        Map<String, Object> placed = Tree.copy(pod);
        Tree.make(placed, "spec").put("nodeName", node.get());
        placed.remove("status");
        var unused = controllers.upsert(Kind.POD, placed);
        controllers.upsertStatus(Kind.POD, namespace, name, status(pod));
    }

    private boolean fits(Map<String, Object> pod, Map<String, Object> node) {
        Map<String, Object> labels = Tree.map(Tree.map(node, "metadata"), "labels");
        boolean selected = Tree.map(Tree.map(pod, "spec"), "nodeSelector").entrySet().stream()
                .allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
        return selected && hasEnough(pod, node);
    }

    /** Extended resources are counted; CPU and memory are there in plenty. */
    private boolean hasEnough(Map<String, Object> pod, Map<String, Object> node) {
        Map<String, Object> allocatable = Tree.map(Tree.map(node, "status"), "allocatable");
        for (Map<String, Object> container : containers(pod, "containers")) {
            for (String resource :
                    Tree.map(Tree.map(container, "resources"), "limits").keySet()) {
                if (resource.contains("/")) {
                    BigDecimal there = new BigDecimal(String.valueOf(allocatable.getOrDefault(resource, "0")));
                    BigDecimal wanted = used(List.of(pod), resource);
                    BigDecimal taken = used(placedOn(Tree.at(node, "metadata.name")), resource);
                    if (there.compareTo(taken.add(wanted)) < 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private List<Map<String, Object>> placedOn(String node) {
        return controllers.list(Kind.POD, "").stream()
                .filter(p -> Tree.at(p, "spec.nodeName").equals(node))
                .toList();
    }

    private static BigDecimal used(List<Map<String, Object>> pods, String resource) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map<String, Object> pod : pods) {
            for (Map<String, Object> container : containers(pod, "containers")) {
                Object amount =
                        Tree.map(Tree.map(container, "resources"), "limits").getOrDefault(resource, "0");
                sum = sum.add(new BigDecimal(String.valueOf(amount)));
            }
        }
        return sum;
    }

    private static List<Map<String, Object>> containers(Map<String, Object> pod, String field) {
        List<Map<String, Object>> containers = new ArrayList<>();
        if (Tree.map(pod, "spec").get(field) instanceof List<?> list) {
            list.forEach(item -> containers.add(Tree.copy((Map<?, ?>) Objects.requireNonNull(item))));
        }
        return containers;
    }

    private Map<String, Object> condition(String type, String status, String reason, String message) {
        Map<String, Object> condition = Tree.of(
                "type", type,
                "status", status,
                "lastTransitionTime",
                        store.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
            condition.put("message", message);
        }
        return condition;
    }

    private Map<String, Object> status(Map<String, Object> pod) {
        Map<String, Object> metadata = Tree.map(pod, "metadata");
        String fault = Tree.text(Tree.map(metadata, "labels"), FAULT);
        if (fault.isEmpty()) {
            fault = Tree.text(Tree.map(metadata, "annotations"), FAULT);
        }
        boolean sound = fault.isEmpty();
        boolean failed = fault.equals("Error") || fault.equals("OOMKilled");
        List<Object> containers = new ArrayList<>();
        for (Map<String, Object> container : containers(pod, "containers")) {
            containers.add(Tree.of(
                    "name", Tree.text(container, "name"),
                    "image", Tree.text(container, "image"),
                    "ready", sound,
                    "restartCount", 0,
                    "state", state(fault)));
        }
        return Tree.of(
                "phase",
                sound || fault.equals("NeverReady") ? "Running" : failed ? "Failed" : "Pending",
                "podIP",
                "127.0.0.1",
                "conditions",
                List.of(
                        condition("PodScheduled", "True", "", ""),
                        condition("Ready", sound ? "True" : "False", "", "")),
                "containerStatuses",
                containers);
    }

    private Map<String, Object> state(String fault) {
        String now = store.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return switch (fault) {
            case "", "NeverReady" -> Tree.of("running", Tree.of("startedAt", now));
            case "Error" -> Tree.of("terminated", Tree.of("exitCode", 1, "reason", "Error", "finishedAt", now));
            case "OOMKilled" ->
                Tree.of("terminated", Tree.of("exitCode", 137, "reason", "OOMKilled", "finishedAt", now));
            default -> Tree.of("waiting", Tree.of("reason", fault, "message", "scripted by the label " + FAULT));
        };
    }
}
