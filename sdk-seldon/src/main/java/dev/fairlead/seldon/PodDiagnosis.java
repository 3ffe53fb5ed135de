package dev.fairlead.seldon;

import dev.fairlead.error.MlPlatformException;
import dev.fairlead.seldon.RolloutFailure.Kind;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.KubeAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells from a pod why it is not ready. */
final class PodDiagnosis {
    private static final int LOG_LINES = 20;
    private static final String INITIALIZER = "-model-initializer";
    private static final Set<String> IMAGE =
            Set.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError");
    private static final Set<String> CONFIGURATION =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");
    /** What cluster autoscalers say when a node is on its way. */
    private static final Set<String> HELP_IS_COMING = Set.of("TriggeredScaleUp", "Nominated", "NominatedNode");

    private final KubeAccess kube;
    private final String namespace;

    PodDiagnosis(KubeAccess kube, String namespace) {
        this.kube = kube;
        this.namespace = namespace;
    }

    /**
     * What keeps a pod from being ready.
     *
     * @param failure what is wrong
     * @param certain whether it will stay so unless somebody changes something; otherwise time may mend it
     * @param logOf the container whose log tells more; empty where none does
     */
    record Finding(RolloutFailure failure, boolean certain, String logOf) {}

    static boolean isReady(Map<String, Object> pod) {
        return Trees.objects(Trees.at(pod, "status"), "conditions").stream()
                .anyMatch(c -> "Ready".equals(c.get("type")) && "True".equals(c.get("status")));
    }

    static boolean isLeaving(Map<String, Object> pod) {
        return Trees.at(pod, "metadata").containsKey("deletionTimestamp");
    }

    static String name(Map<String, Object> object) {
        return Trees.text(Trees.at(object, "metadata"), "name");
    }

    /** Looks at a pod that is not ready. */
    Optional<Finding> of(Map<String, Object> pod, String predictor) {
        Optional<Finding> unscheduled = unscheduled(pod, predictor);
        if (unscheduled.isPresent()) {
            return unscheduled;
        }
        Map<String, Object> status = Trees.at(pod, "status");
        for (String kind : List.of("initContainerStatuses", "containerStatuses")) {
            for (Map<String, Object> container : Trees.objects(status, kind)) {
                Optional<Finding> found = container(pod, predictor, container, kind.startsWith("init"));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> unscheduled(Map<String, Object> pod, String predictor) {
        return Trees.objects(Trees.at(pod, "status"), "conditions").stream()
                .filter(c -> "PodScheduled".equals(c.get("type"))
                        && "False".equals(c.get("status"))
                        && "Unschedulable".equals(c.get("reason")))
                .findFirst()
                .map(c -> unscheduled(pod, predictor, Trees.text(c, "message")));
    }

    private Finding unscheduled(Map<String, Object> pod, String predictor, String message) {
        String why = "no node takes the pod: " + firstSentence(message);
        if (message.matches("(?s).*persistentvolumeclaim \"[^\"]*\" not found.*")) {
            String remedy = "create the claim in namespace " + namespace + ", or change the model's address";
            return new Finding(new RolloutFailure(Kind.CONFIGURATION, predictor, name(pod), "", why, remedy), true, "");
        }
        boolean gpu = message.matches("(?s).*Insufficient (nvidia\\.com|amd\\.com|gpu\\.intel\\.com)/.*");
        RolloutFailure failure = new RolloutFailure(
                gpu ? Kind.NO_GPU : Kind.UNSCHEDULABLE,
                predictor,
                name(pod),
                "",
                why,
                gpu
                        ? "ask for fewer GPUs, free some, or add a node that has them"
                        : "ask for less, or add a node that fits the pod's selector, tolerations and volumes");
        return new Finding(failure, true, "");
    }

    /** Tells whether a node is on its way to a pod that finds none; asks the cluster. */
    boolean isHelpComing(Finding finding) {
        return kube.events(namespace, "Pod", finding.failure().pod()).stream()
                .anyMatch(e -> HELP_IS_COMING.contains(Trees.text(e, "reason")));
    }

    /** The scheduler's first sentence counts the nodes by reason; what follows is about preemption. */
    private static String firstSentence(String message) {
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end);
    }

    private Optional<Finding> container(
            Map<String, Object> pod, String predictor, Map<String, Object> container, boolean init) {
        String name = Trees.text(container, "name");
        Map<String, Object> waiting = Trees.at(container, "state", "waiting");
        String reason = Trees.text(waiting, "reason");
        String message = Trees.text(waiting, "message");
        if (IMAGE.contains(reason)) {
            return Optional.of(new Finding(
                    new RolloutFailure(
                            Kind.IMAGE,
                            predictor,
                            name(pod),
                            name,
                            reason + " of image " + image(pod, name) + (message.isEmpty() ? "" : ": " + message),
                            "check the image's name and the pull secret"),
                    !reason.equals("ErrImagePull"),
                    ""));
        }
        if (CONFIGURATION.contains(reason)) {
            return Optional.of(new Finding(
                    new RolloutFailure(
                            Kind.CONFIGURATION,
                            predictor,
                            name(pod),
                            name,
                            reason + ": " + message,
                            "create what the container names in namespace " + namespace + ", or change the name"),
                    true,
                    ""));
        }
        return ended(pod, predictor, container, init, reason);
    }

    private Optional<Finding> ended(
            Map<String, Object> pod, String predictor, Map<String, Object> container, boolean init, String reason) {
        Map<String, Object> now = Trees.at(container, "state", "terminated");
        Map<String, Object> before = Trees.at(container, "lastState", "terminated");
        Map<String, Object> ended = now.isEmpty() ? before : now;
        int exit = Trees.number(ended, "exitCode", 0);
        boolean again = reason.equals("CrashLoopBackOff") || Trees.number(container, "restartCount", 0) > 0;
        if (!reason.equals("CrashLoopBackOff") && (exit == 0 || !(init || again) || running(container))) {
            return Optional.empty();
        }
        String name = Trees.text(container, "name");
        boolean model = init && name.endsWith(INITIALIZER);
        String why = Trees.text(ended, "reason");
        String code = "exit code " + exit + (why.isEmpty() || why.equals("Error") ? "" : ", " + why);
        RolloutFailure failure = model
                ? new RolloutFailure(
                        Kind.MODEL,
                        predictor,
                        name(pod),
                        name,
                        "the model could not be fetched from " + source(pod, name) + " (" + code + ")",
                        "check the model's address, and the Secret or service account with the storage's credentials")
                : new RolloutFailure(
                        Kind.CRASH,
                        predictor,
                        name(pod),
                        name,
                        "the container ends again and again (" + code + ")",
                        why.equals("OOMKilled") ? "give it more memory" : "");
        return Optional.of(new Finding(failure, true, name));
    }

    private static boolean running(Map<String, Object> container) {
        return !Trees.at(container, "state", "running").isEmpty();
    }

    private static String image(Map<String, Object> pod, String container) {
        return specOf(pod, container).map(c -> Trees.text(c, "image")).orElse("");
    }

    private static String source(Map<String, Object> pod, String container) {
        return specOf(pod, container)
                .map(c -> c.get("args") instanceof List<?> args && !args.isEmpty() ? String.valueOf(args.get(0)) : "")
                .orElse("");
    }

    private static Optional<Map<String, Object>> specOf(Map<String, Object> pod, String container) {
        Map<String, Object> spec = Trees.at(pod, "spec");
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> Trees.objects(spec, kind).stream())
                .filter(c -> container.equals(c.get("name")))
                .findFirst();
    }

    /** Reads the last lines of the log that tells more; empty where there is none. */
    String log(Finding finding) {
        if (finding.logOf().isEmpty()) {
            return "";
        }
        try {
            return kube.logs(namespace, finding.failure().pod(), finding.logOf(), LOG_LINES)
                    .strip();
        } catch (MlPlatformException noLog) {
            return "";
        }
    }
}
