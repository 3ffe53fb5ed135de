package dev.fairlead.testing.seldon;

import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.testing.inference.ServedModel;
import dev.fairlead.testing.kube.KubeStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays the cluster for one Deployment: ReplicaSets, pods, a rolling update on the clock. Used under the operator's lock. */
final class DeploymentRun {
    private static final String INITIALIZER = "-model-initializer";
    private static final int DEFAULT_DEADLINE = 600;

    private final KubeStore store;
    private final ModelServers servers;
    private final Duration rolloutTime;
    private final String namespace;
    private final String name;
    final String deployment;
    final String predictor;
    private final List<String> current = new ArrayList<>();
    private final List<String> old = new ArrayList<>();
    private final Set<String> ready = new HashSet<>();
    private final Map<String, ServedModel> candidates = new LinkedHashMap<>();
    private Map<String, Object> template = Map.of();
    private String templateText = "";
    private int podCount;
    private Instant startedAt = Instant.EPOCH;
    private boolean done = true;
    private boolean loaded;
    private int deadlineSeconds = DEFAULT_DEADLINE;
    private @Nullable PodFault shown;
    private String statusText = "";

    DeploymentRun(
            KubeStore store,
            ModelServers servers,
            Duration rolloutTime,
            String namespace,
            String name,
            String deployment,
            String predictor) {
        this.store = store;
        this.servers = servers;
        this.rolloutTime = rolloutTime;
        this.namespace = namespace;
        this.name = name;
        this.deployment = deployment;
        this.predictor = predictor;
    }

    String name() {
        return name;
    }

    boolean done() {
        return done;
    }

    boolean answers(String pod) {
        return ready.contains(pod);
    }

    /** Tells whether any pod answers. */
    boolean answers() {
        return !ready.isEmpty();
    }

    /** Takes up what the operator asks for. */
    void apply(Map<String, Object> wanted, Instant now) {
        Map<String, Object> spec = Json.at(wanted, "spec");
        String text = JsonCodec.camelCase().text(spec.get("template"));
        int replicas = Json.number(spec, "replicas", 1);
        deadlineSeconds = Json.number(spec, "progressDeadlineSeconds", DEFAULT_DEADLINE);
        store.upsert(Kind.DEPLOYMENT, wanted);
        if (!text.equals(templateText)) {
            templateText = text;
            template = Json.copy(Json.at(spec, "template"));
            replacePods(replicas, now);
        } else if (replicas != current.size()) {
            scale(replicas, now);
        }
    }

    private void replacePods(int replicas, Instant now) {
        for (String pod : current) {
            if (ready.contains(pod)) {
                old.add(pod);
            } else {
                store.delete(Kind.POD, namespace, pod);
            }
        }
        current.clear();
        closeCandidates();
        store.upsert(
                Kind.REPLICA_SET,
                Json.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "ReplicaSet",
                        "metadata",
                        Json.of("name", name + "-" + hash(), "namespace", namespace, "labels", labels()),
                        "spec",
                        Json.of("replicas", replicas, "template", template)));
        start(replicas, now);
    }

    private void start(int pods, Instant now) {
        for (int i = 0; i < pods; i++) {
            addPod();
        }
        startedAt = now;
        done = false;
        loaded = false;
        shown = null;
    }

    private void scale(int replicas, Instant now) {
        while (current.size() > replicas) {
            String pod = current.remove(current.size() - 1);
            ready.remove(pod);
            store.delete(Kind.POD, namespace, pod);
        }
        if (current.size() < replicas) {
            start(replicas - current.size(), now);
        }
    }

    private String hash() {
        return String.format(Locale.ROOT, "%08x", templateText.hashCode());
    }

    private Map<String, Object> labels() {
        Map<String, Object> labels = Json.copy(Json.at(template, "metadata", "labels"));
        labels.put("pod-template-hash", hash());
        return labels;
    }

    private void addPod() {
        String pod = String.format(Locale.ROOT, "%s-%s-%05d", name, hash(), ++podCount);
        current.add(pod);
        store.upsert(
                Kind.POD,
                Json.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        Json.of(
                                "name",
                                pod,
                                "namespace",
                                namespace,
                                "labels",
                                labels(),
                                "annotations",
                                Json.copy(Json.at(template, "metadata", "annotations"))),
                        "spec",
                        Json.copy(Json.at(template, "spec"))));
        store.upsertStatus(Kind.POD, namespace, pod, Json.of("phase", "Pending"));
    }

    /** Moves on to what is due by now. */
    void step(Optional<PodFault> script, Instant now) {
        if (!done) {
            Optional<PodFault> fault = script.isPresent() ? script : load();
            if (fault.isPresent()) {
                show(fault.get(), now);
            } else if (shown != null) {
                restart(now);
            } else if (!now.isBefore(startedAt.plus(rolloutTime))) {
                finish(now);
            }
        }
        report(now);
    }

    /** Fetches the models as the init containers do; what fails becomes their log. */
    private Optional<PodFault> load() {
        if (loaded) {
            return Optional.empty();
        }
        for (Map<String, Object> container : Json.objects(Json.at(template, "spec"), "initContainers")) {
            String initializer = Json.text(container, "name");
            if (initializer.endsWith(INITIALIZER) && container.get("args") instanceof List<?> args) {
                String model = initializer.substring(0, initializer.length() - INITIALIZER.length());
                try {
                    candidates.put(model, servers.resolve(String.valueOf(args.get(0))));
                } catch (RuntimeException e) {
                    return Optional.of(new PodFault(PodFault.Kind.MODEL, String.valueOf(e.getMessage())));
                }
            }
        }
        loaded = true;
        return Optional.empty();
    }

    private void show(PodFault fault, Instant now) {
        if (fault.equals(shown)) {
            return;
        }
        shown = fault;
        for (String pod : current.stream().filter(p -> !ready.contains(p)).toList()) {
            store.find(Kind.POD, namespace, pod).ifPresent(object -> {
                store.upsertStatus(Kind.POD, namespace, pod, fault.status(object, time(now)));
                String container = fault.loggingContainer(object);
                if (!container.isEmpty() && !fault.detail().isEmpty()) {
                    store.podLog(namespace, pod, container, fault.detail() + "\n");
                }
            });
        }
    }

    /** What was wrong is mended: the pods start anew. */
    private void restart(Instant now) {
        shown = null;
        startedAt = now;
        for (String pod : current.stream().filter(p -> !ready.contains(p)).toList()) {
            store.upsertStatus(
                    Kind.POD,
                    namespace,
                    pod,
                    Json.of(
                            "phase",
                            "Pending",
                            "conditions",
                            List.of(Json.of(
                                    "type", "PodScheduled", "status", "True", "lastTransitionTime", time(now)))));
        }
    }

    private void finish(Instant now) {
        for (String pod : current.stream().filter(ready::add).toList()) {
            store.find(Kind.POD, namespace, pod)
                    .ifPresent(
                            object -> store.upsertStatus(Kind.POD, namespace, pod, PodFault.ready(object, time(now))));
        }
        candidates.forEach(
                (model, served) -> servers.of(namespace, deployment, predictor).load(model, served));
        candidates.clear();
        old.forEach(pod -> store.delete(Kind.POD, namespace, pod));
        ready.removeAll(old);
        old.clear();
        done = true;
    }

    boolean stalled(Instant now) {
        return !done && !now.isBefore(startedAt.plusSeconds(deadlineSeconds));
    }

    int available() {
        return ready.size();
    }

    int present() {
        return current.size() + old.size();
    }

    private void report(Instant now) {
        Optional<Map<String, Object>> object = store.find(Kind.DEPLOYMENT, namespace, name);
        if (object.isEmpty()) {
            return;
        }
        boolean enough = available() >= current.size();
        boolean stalled = stalled(now);
        Map<String, Object> status = Json.of(
                "observedGeneration", Json.number(Json.at(object.get(), "metadata"), "generation", 1),
                "replicas", present(),
                "updatedReplicas", current.size(),
                "readyReplicas", available(),
                "availableReplicas", available(),
                "unavailableReplicas", present() - available(),
                "conditions",
                        List.of(
                                condition(
                                        "Available",
                                        enough,
                                        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                                        enough
                                                ? "Deployment has minimum availability."
                                                : "Deployment does not have minimum availability."),
                                condition(
                                        "Progressing",
                                        !stalled,
                                        stalled
                                                ? "ProgressDeadlineExceeded"
                                                : done ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                                        "ReplicaSet \"" + name + "-" + hash() + "\" "
                                                + (stalled
                                                        ? "has timed out progressing."
                                                        : done ? "has successfully progressed." : "is progressing."))));
        String text = status.toString();
        if (!text.equals(statusText)) {
            statusText = text;
            store.upsertStatus(Kind.DEPLOYMENT, namespace, name, status);
        }
    }

    private static Map<String, Object> condition(String type, boolean holds, String reason, String message) {
        return Json.of("type", type, "status", holds ? "True" : "False", "reason", reason, "message", message);
    }

    private static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Takes everything away again. */
    void remove() {
        current.forEach(pod -> store.delete(Kind.POD, namespace, pod));
        old.forEach(pod -> store.delete(Kind.POD, namespace, pod));
        store.list(Kind.REPLICA_SET, namespace).stream()
                .map(Json::name)
                .filter(n -> n.startsWith(name + "-"))
                .forEach(n -> store.delete(Kind.REPLICA_SET, namespace, n));
        store.delete(Kind.DEPLOYMENT, namespace, name);
        closeCandidates();
    }

    private void closeCandidates() {
        candidates.values().forEach(ServedModel::close);
        candidates.clear();
    }
}
