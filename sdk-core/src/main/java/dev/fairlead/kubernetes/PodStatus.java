package dev.fairlead.kubernetes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Is how a pod is doing.
 *
 * @param namespace its namespace
 * @param name its name
 * @param phase {@code Pending}, {@code Running}, {@code Succeeded} or {@code Failed}, in the server's words
 * @param ready whether all its containers are ready
 * @param trouble why it does not go on, or {@code null}
 */
public record PodStatus(
        String namespace,
        String name,
        String phase,
        boolean ready,
        @Nullable Problem trouble) {
    private static final Set<String> LASTING = Set.of(
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "CrashLoopBackOff");

    /** Returns why it does not go on. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(trouble);
    }

    /**
     * Says why a pod does not go on.
     *
     * @param container the container it is about; empty for the pod as a whole
     * @param reason the reason in the server's words, such as {@code ImagePullBackOff}, {@code Unschedulable} or {@code OOMKilled}
     * @param message what the server says about it; may be empty
     * @param lasting whether waiting does not cure it
     */
    public record Problem(String container, String reason, String message, boolean lasting) {
        @Override
        public String toString() {
            return reason
                    + (container.isEmpty() ? "" : " of container " + container)
                    + (message.isEmpty() ? "" : ": " + message);
        }
    }

    /** Reads the status of a pod given as a tree. */
    public static PodStatus of(Map<String, ?> pod) {
        Map<String, Object> tree = new LinkedHashMap<>(pod);
        Map<String, Object> metadata = Trees.map(tree, "metadata");
        Map<String, Object> status = Trees.map(tree, "status");
        return new PodStatus(
                Trees.text(metadata, "namespace").orElse(""),
                Trees.text(metadata, "name").orElse(""),
                Trees.text(status, "phase").orElse("Pending"),
                condition(status, "Ready")
                        .map(c -> "True".equals(c.get("status")))
                        .orElse(false),
                problem(status).orElse(null));
    }

    private static Optional<Map<String, Object>> condition(Map<String, Object> status, String type) {
        return Trees.objects(status, "conditions").stream()
                .filter(c -> type.equals(c.get("type")))
                .findFirst();
    }

    private static Optional<Problem> problem(Map<String, Object> status) {
        for (String field : List.of("initContainerStatuses", "containerStatuses")) {
            for (Map<String, Object> container : Trees.objects(status, field)) {
                Optional<Problem> found = ofContainer(container);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        if ("Failed".equals(status.get("phase"))) {
            String reason = Trees.text(status, "reason").orElse("Failed");
            return Optional.of(
                    new Problem("", reason, Trees.text(status, "message").orElse(""), true));
        }
        return condition(status, "PodScheduled")
                .filter(c -> "False".equals(c.get("status")))
                .map(c -> new Problem(
                        "",
                        Trees.text(c, "reason").orElse("Unschedulable"),
                        Trees.text(c, "message").orElse(""),
                        false));
    }

    private static Optional<Problem> ofContainer(Map<String, Object> container) {
        String name = Trees.text(container, "name").orElse("");
        Map<String, Object> waiting = inner(container, "state", "waiting");
        String reason = Trees.text(waiting, "reason").orElse("");
        if (!reason.isEmpty() && !Set.of("ContainerCreating", "PodInitializing").contains(reason)) {
            String message = Trees.text(waiting, "message").orElse("");
            Map<String, Object> last = inner(container, "lastState", "terminated");
            String before =
                    last.isEmpty() ? "" : (message.isEmpty() ? "" : "; ") + "it ended before with " + ended(last);
            return Optional.of(new Problem(name, reason, message + before, LASTING.contains(reason)));
        }
        Map<String, Object> terminated = inner(container, "state", "terminated");
        if (terminated.get("exitCode") instanceof Number code && code.intValue() != 0) {
            String why = Trees.text(terminated, "reason").orElse("Error");
            return Optional.of(new Problem(name, why, ended(terminated), false));
        }
        return Optional.empty();
    }

    private static String ended(Map<String, Object> terminated) {
        String message =
                Trees.text(terminated, "message").map(m -> ", " + m.strip()).orElse("");
        return Trees.text(terminated, "reason").orElse("Error") + ", exit code " + terminated.get("exitCode") + message;
    }

    private static Map<String, Object> inner(Map<String, Object> tree, String field, String inner) {
        return tree.get(field) instanceof Map<?, ?> map && map.get(inner) instanceof Map<?, ?> found
                ? Trees.copy(found)
                : Map.of();
    }
}
