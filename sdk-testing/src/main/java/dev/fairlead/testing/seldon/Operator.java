package dev.fairlead.testing.seldon;

import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.testing.kube.KubeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Plays the operator: takes up SeldonDeployments, keeps what they ask for, reports. Moves only in {@link #step}. */
final class Operator {
    static final Kind KIND = new Kind("machinelearning.seldon.io", "v1", "seldondeployments", "SeldonDeployment", true);

    private final KubeStore store;
    private final Clock clock;
    private final Duration rolloutTime;
    private final ServerImages images;
    private final ModelServers servers;
    private final Scripts scripts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Taken> taken = new LinkedHashMap<>();

    Operator(
            KubeStore store,
            Clock clock,
            Duration rolloutTime,
            ServerImages images,
            ModelServers servers,
            Scripts scripts) {
        this.store = store;
        this.clock = clock;
        this.rolloutTime = rolloutTime;
        this.images = images;
        this.servers = servers;
        this.scripts = scripts;
    }

    /** What was taken up of one SeldonDeployment. */
    private static final class Taken {
        final String namespace;
        final String name;
        final Map<String, DeploymentRun> runs = new LinkedHashMap<>();
        List<String> services = List.of();
        List<OperatorObjects.Other> others = List.of();
        Set<String> wanted = Set.of();
        String uid = "";
        String refusal = "";
        long generation = -1;
        String statusText = "";

        Taken(String namespace, String name) {
            this.namespace = namespace;
            this.name = name;
        }
    }

    /** Does everything that is due by now. */
    void step() {
        lock.lock();
        try {
            Instant now = clock.instant();
            Set<String> present = new HashSet<>();
            for (Map<String, Object> sdep : store.list(KIND, "")) {
                String key = Json.namespace(sdep) + "/" + Json.name(sdep);
                present.add(key);
                Taken mine = taken.computeIfAbsent(key, k -> new Taken(Json.namespace(sdep), Json.name(sdep)));
                takeUp(mine, sdep, now);
                mine.runs.values().forEach(run -> run.step(scripts.pod(mine.name, run.predictor), now));
                dropUnwanted(mine);
                report(mine, sdep, now);
            }
            for (String key : List.copyOf(taken.keySet())) {
                if (!present.contains(key)) {
                    Optional.ofNullable(taken.remove(key)).ifPresent(this::remove);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void takeUp(Taken mine, Map<String, Object> sdep, Instant now) {
        Map<String, Object> metadata = Json.at(sdep, "metadata");
        long generation = Json.number(metadata, "generation", 1);
        if (!mine.uid.isEmpty() && !mine.uid.equals(Json.text(metadata, "uid"))) {
            remove(mine);
            mine.runs.clear();
            mine.generation = -1;
        }
        mine.uid = Json.text(metadata, "uid");
        if (generation == mine.generation) {
            return;
        }
        mine.generation = generation;
        OperatorObjects objects = OperatorObjects.of(sdep, images);
        mine.refusal = objects.refusal();
        if (!mine.refusal.isEmpty()) {
            return;
        }
        objects.services().forEach(service -> store.upsert(Kind.SERVICE, service));
        mine.services = objects.services().stream().map(Json::name).toList();
        replaceOthers(mine, objects.others());
        Set<String> wanted = new HashSet<>();
        for (Map<String, Object> deployment : objects.deployments()) {
            String name = Json.name(deployment);
            wanted.add(name);
            String predictor = predictorOf(sdep, deployment);
            mine.runs
                    .computeIfAbsent(
                            name,
                            n -> new DeploymentRun(
                                    store, servers, rolloutTime, mine.namespace, n, mine.name, predictor))
                    .apply(deployment, now);
        }
        mine.wanted = wanted;
        store.event(
                mine.namespace,
                "SeldonDeployment",
                mine.name,
                "Normal",
                "Updated",
                "Updated SeldonDeployment \"" + mine.name + "\"");
    }

    private void replaceOthers(Taken mine, List<OperatorObjects.Other> wanted) {
        for (OperatorObjects.Other other : mine.others) {
            boolean kept = wanted.stream()
                    .anyMatch(w -> w.kind().equals(other.kind())
                            && Json.name(w.object()).equals(Json.name(other.object())));
            if (!kept) {
                store.delete(other.kind(), mine.namespace, Json.name(other.object()));
            }
        }
        wanted.forEach(other -> store.upsert(other.kind(), other.object()));
        mine.others = wanted;
    }

    private static String predictorOf(Map<String, Object> sdep, Map<String, Object> deployment) {
        String service = Json.text(Json.at(deployment, "spec", "selector", "matchLabels"), OperatorObjects.APP);
        return Json.objects(Json.at(sdep, "spec"), "predictors").stream()
                .filter(p -> OperatorObjects.service(Json.name(sdep), p).equals(service))
                .map(p -> Json.text(p, "name"))
                .findFirst()
                .orElse("");
    }

    /** What is asked for no longer goes when everything else answers, as with the real one. */
    private void dropUnwanted(Taken mine) {
        boolean ready = mine.wanted.stream()
                .allMatch(n -> mine.runs.containsKey(n) && mine.runs.get(n).done());
        if (ready) {
            List<DeploymentRun> unwanted = mine.runs.values().stream()
                    .filter(run -> !mine.wanted.contains(run.name()))
                    .toList();
            for (DeploymentRun run : unwanted) {
                run.remove();
                mine.runs.remove(run.name());
                if (mine.runs.values().stream().noneMatch(r -> r.predictor.equals(run.predictor))) {
                    servers.stop(mine.namespace, mine.name, run.predictor);
                }
            }
        }
    }

    private void remove(Taken mine) {
        for (DeploymentRun run : mine.runs.values()) {
            run.remove();
            servers.stop(mine.namespace, mine.name, run.predictor);
        }
        mine.services.forEach(service -> store.delete(Kind.SERVICE, mine.namespace, service));
        replaceOthers(mine, List.of());
    }

    private void report(Taken mine, Map<String, Object> sdep, Instant now) {
        Map<String, Object> status = status(mine, sdep, now);
        String text = status.toString();
        if (!text.equals(mine.statusText)) {
            mine.statusText = text;
            store.upsertStatus(KIND, mine.namespace, mine.name, status);
        }
    }

    private Map<String, Object> status(Taken mine, Map<String, Object> sdep, Instant now) {
        Map<String, Object> status = Json.copy(Json.at(sdep, "status"));
        String failure = scripts.failure(mine.name).orElse(mine.refusal);
        if (!failure.isEmpty()) {
            status.put("state", "Failed");
            status.put("description", failure);
            return status;
        }
        boolean ready = !mine.runs.isEmpty();
        boolean stalled = false;
        Map<String, Object> replicas = Json.of();
        for (DeploymentRun run : mine.runs.values()) {
            boolean available = run.available() > 0 && run.available() == run.present();
            ready &= available;
            stalled |= run.stalled(now) && run.available() == 0;
            replicas.put(run.name(), Json.of("replicas", run.present(), "availableReplicas", run.available()));
        }
        status.put("state", ready ? "Available" : stalled ? "Failed" : "Creating");
        status.remove("description");
        if (stalled && !ready) {
            status.put("description", "Deployment is no longer progressing and not available.");
        }
        status.put("deploymentStatus", replicas);
        status.put("serviceStatus", serviceStatus(mine));
        address(mine, sdep).ifPresent(url -> status.put("address", Json.of("url", url)));
        status.put(
                "conditions",
                List.of(
                        condition("DeploymentsReady", ready),
                        condition("Ready", ready),
                        condition("ServicesReady", true)));
        return status;
    }

    private static Map<String, Object> condition(String type, boolean holds) {
        return Json.of("type", type, "status", holds ? "True" : "False");
    }

    private static Map<String, Object> serviceStatus(Taken mine) {
        Map<String, Object> services = Json.of();
        mine.services.forEach(s -> services.put(s, Json.of("svcName", s)));
        return services;
    }

    private Optional<String> address(Taken mine, Map<String, Object> sdep) {
        Map<String, Object> spec = Json.at(sdep, "spec");
        String protocol = Json.text(spec, "protocol");
        return Json.objects(spec, "predictors").stream().findFirst().map(predictor -> {
            String model = Json.text(Json.at(predictor, "graph"), "name");
            String path = protocol.equals("v2") || protocol.equals("kfserving")
                    ? "/v2/models/" + model + "/infer"
                    : protocol.equals("tensorflow") ? "/v1/models/" + model + ":predict" : "/api/v1.0/predictions";
            String service = OperatorObjects.service(mine.name, predictor);
            return "http://" + service + "." + mine.namespace + ".svc.cluster.local:" + httpPort(mine, service) + path;
        });
    }

    /** The port of the orchestrator, or of the container that answers without one. */
    private int httpPort(Taken mine, String service) {
        return store
                .find(Kind.SERVICE, mine.namespace, service)
                .map(s -> Json.objects(Json.at(s, "spec"), "ports"))
                .orElse(List.of())
                .stream()
                .filter(p -> "http".equals(p.get("name")))
                .map(p -> Json.number(p, "port", 8000))
                .findFirst()
                .orElse(8000);
    }

    /** Returns the deployment and predictor a ready pod belongs to. */
    Optional<String[]> ownerOf(String namespace, String pod) {
        lock.lock();
        try {
            for (Taken mine : new ArrayList<>(taken.values())) {
                for (DeploymentRun run : mine.runs.values()) {
                    if (mine.namespace.equals(namespace) && run.answers(pod)) {
                        return Optional.of(new String[] {mine.name, run.predictor});
                    }
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether a pod of a predictor answers. */
    boolean answers(String namespace, String deployment, String predictor) {
        lock.lock();
        try {
            Taken mine = taken.get(namespace + "/" + deployment);
            return mine != null
                    && mine.runs.values().stream().anyMatch(r -> r.predictor.equals(predictor) && r.answers());
        } finally {
            lock.unlock();
        }
    }
}
