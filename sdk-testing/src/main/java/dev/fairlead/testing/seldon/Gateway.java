package dev.fairlead.testing.seldon;

import dev.fairlead.testing.inference.FakeInferenceServer;
import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.FaultScript;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.LocalServer;
import dev.fairlead.testing.internal.http.Routes;
import dev.fairlead.testing.kube.KubeStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/** The ingress: {@code /seldon/<namespace>/<deployment>/…}, split among the predictors by weight, mirrored to a shadow. */
final class Gateway implements AutoCloseable {
    private final KubeStore store;
    private final Operator operator;
    private final ModelServers servers;
    private final LocalServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> credits = new LinkedHashMap<>();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    Gateway(int port, KubeStore store, Operator operator, ModelServers servers) {
        this.store = store;
        this.operator = operator;
        this.servers = servers;
        Routes routes = new Routes().on("*", "/seldon/{namespace}/{deployment}/{rest...}", this::route);
        server = LocalServer.start(
                "seldon-gateway",
                port,
                routes,
                new FaultScript(status -> Answer.text(status, "text/plain", "scripted error " + status)),
                (call, e) ->
                        e == null ? Answer.empty(404) : Answer.text(502, "text/plain", String.valueOf(e.getMessage())));
    }

    LocalServer server() {
        return server;
    }

    long calls(String namespace, String deployment, String predictor) {
        LongAdder count = calls.get(namespace + "/" + deployment + "/" + predictor);
        return count == null ? 0 : count.sum();
    }

    private Answer route(HttpCall call) throws IOException {
        String namespace = call.variable("namespace");
        String deployment = call.variable("deployment");
        Optional<Map<String, Object>> sdep = store.find(Operator.KIND, namespace, deployment);
        if (sdep.isEmpty()) {
            return Answer.empty(404);
        }
        List<Map<String, Object>> predictors = Json.objects(Json.at(sdep.get(), "spec"), "predictors");
        String key = namespace + "/" + deployment;
        String chosen = choose(key, predictors);
        Optional<FakeInferenceServer> upstream = servers.find(namespace, deployment, chosen);
        if (upstream.isEmpty() || !operator.answers(namespace, deployment, chosen)) {
            return Answer.text(503, "text/plain", "no healthy upstream");
        }
        byte[] body = call.bytes();
        mirror(key, predictors, namespace, deployment, call, body);
        calls.computeIfAbsent(key + "/" + chosen, k -> new LongAdder()).increment();
        HttpResponse<byte[]> answer = forward(upstream.get(), call, body);
        return Answer.bytes(
                answer.statusCode(), answer.headers().firstValue("content-type").orElse("text/plain"), answer.body());
    }

    /** Gives each predictor its share over any hundred calls, evenly spread. */
    private String choose(String key, List<Map<String, Object>> predictors) {
        List<Map<String, Object>> answering = predictors.stream()
                .filter(p -> !Boolean.TRUE.equals(p.get("shadow")))
                .toList();
        lock.lock();
        try {
            String best = "";
            int most = Integer.MIN_VALUE;
            for (Map<String, Object> predictor : answering) {
                String name = Json.text(predictor, "name");
                int weight = answering.size() == 1 ? 100 : Json.number(predictor, "traffic", 0);
                int credit = credits.merge(key + "/" + name, weight, Integer::sum);
                if (weight > 0 && credit > most) {
                    most = credit;
                    best = name;
                }
            }
            credits.merge(key + "/" + best, -100, Integer::sum);
            return best;
        } finally {
            lock.unlock();
        }
    }

    private void mirror(
            String key,
            List<Map<String, Object>> predictors,
            String namespace,
            String deployment,
            HttpCall call,
            byte[] body)
            throws IOException {
        for (Map<String, Object> predictor : predictors) {
            String name = Json.text(predictor, "name");
            Optional<FakeInferenceServer> shadow = servers.find(namespace, deployment, name);
            if (Boolean.TRUE.equals(predictor.get("shadow"))
                    && shadow.isPresent()
                    && due(key + "/" + name, predictor)) {
                calls.computeIfAbsent(key + "/" + name, k -> new LongAdder()).increment();
                forward(shadow.get(), call, body);
            }
        }
    }

    private boolean due(String key, Map<String, Object> shadow) {
        int percent = Json.number(shadow, "traffic", 0);
        lock.lock();
        try {
            int credit = credits.merge(key, percent == 0 ? 100 : percent, Integer::sum);
            if (credit >= 100) {
                credits.merge(key, -100, Integer::sum);
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private HttpResponse<byte[]> forward(FakeInferenceServer upstream, HttpCall call, byte[] body) throws IOException {
        String path = call.rawPath().replaceFirst("^/seldon/[^/]+/[^/]+", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upstream.uri() + path))
                .method(call.method(), body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        call.header("content-type").ifPresent(type -> request.header("Content-Type", type));
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
