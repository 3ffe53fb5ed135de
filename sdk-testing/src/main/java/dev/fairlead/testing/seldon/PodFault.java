package dev.fairlead.testing.seldon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Is what a script makes of a pod instead of readiness.
 *
 * @param kind what goes wrong
 * @param detail the log's text, or the message; may be empty
 */
record PodFault(Kind kind, String detail) {
    enum Kind {
        PULLING,
        UNSCHEDULABLE,
        MODEL,
        CRASH,
        CONFIGURATION
    }

    /** Returns the status of a pod with this fault. */
    Map<String, Object> status(Map<String, Object> pod, String now) {
        Map<String, Object> spec = Json.at(pod, "spec");
        if (kind == Kind.UNSCHEDULABLE) {
            boolean gpu = spec.toString().contains("nvidia.com/gpu=");
            String why = gpu ? "Insufficient nvidia.com/gpu" : "Insufficient cpu";
            return Json.of(
                    "phase",
                    "Pending",
                    "conditions",
                    List.of(Json.of(
                            "type", "PodScheduled",
                            "status", "False",
                            "reason", "Unschedulable",
                            "message",
                                    "0/1 nodes are available: 1 " + why
                                            + ". preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
                            "lastTransitionTime", now)));
        }
        List<Map<String, Object>> conditions = List.of(
                Json.of("type", "PodScheduled", "status", "True", "lastTransitionTime", now),
                Json.of("type", "Ready", "status", "False", "reason", "ContainersNotReady", "lastTransitionTime", now));
        return Json.of(
                "phase",
                "Pending",
                "conditions",
                conditions,
                "initContainerStatuses",
                statuses(Json.objects(spec, "initContainers"), kind == Kind.MODEL),
                "containerStatuses",
                statuses(Json.objects(spec, "containers"), kind != Kind.MODEL));
    }

    private List<Map<String, Object>> statuses(List<Map<String, Object>> containers, boolean here) {
        List<Map<String, Object>> statuses = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
            String name = Json.text(containers.get(i), "name");
            Map<String, Object> status = Json.of("name", name, "ready", false, "restartCount", 0);
            status.putAll(
                    here && i == 0
                            ? trouble(containers.get(i))
                            : Json.of("state", Json.of("waiting", Json.of("reason", "PodInitializing"))));
            statuses.add(status);
        }
        return statuses;
    }

    private Map<String, Object> trouble(Map<String, Object> container) {
        return switch (kind) {
            case PULLING ->
                waiting("ImagePullBackOff", "Back-off pulling image \"" + Json.text(container, "image") + "\"");
            case CONFIGURATION -> waiting("CreateContainerConfigError", detail);
            default -> {
                Map<String, Object> ended = Json.of("terminated", Json.of("exitCode", 1, "reason", "Error"));
                Map<String, Object> status = waiting("CrashLoopBackOff", "back-off 10s restarting failed container");
                status.put("lastState", ended);
                status.put("restartCount", 2);
                yield status;
            }
        };
    }

    private static Map<String, Object> waiting(String reason, String message) {
        return Json.of("state", Json.of("waiting", Json.of("reason", reason, "message", message)));
    }

    /** Returns the container whose log tells of the fault; empty where none does. */
    String loggingContainer(Map<String, Object> pod) {
        String field = kind == Kind.MODEL ? "initContainers" : kind == Kind.CRASH ? "containers" : "";
        return Json.objects(Json.at(pod, "spec"), field).stream()
                .findFirst()
                .map(c -> Json.text(c, "name"))
                .orElse("");
    }

    /** Returns the status of a pod that answers. */
    static Map<String, Object> ready(Map<String, Object> pod, String now) {
        List<Map<String, Object>> conditions = new ArrayList<>();
        for (String type : List.of("PodScheduled", "Initialized", "ContainersReady", "Ready")) {
            conditions.add(Json.of("type", type, "status", "True", "lastTransitionTime", now));
        }
        List<Map<String, Object>> containers = Json.objects(Json.at(pod, "spec"), "containers").stream()
                .map(c -> Json.of(
                        "name",
                        Json.text(c, "name"),
                        "ready",
                        true,
                        "restartCount",
                        0,
                        "state",
                        Json.of("running", Json.of("startedAt", now))))
                .toList();
        return Json.of(
                "phase", "Running", "podIP", "10.1.0.1", "conditions", conditions, "containerStatuses", containers);
    }
}
