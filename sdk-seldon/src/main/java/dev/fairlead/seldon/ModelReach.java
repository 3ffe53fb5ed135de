package dev.fairlead.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.inference.InferenceClient;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds a way from here to a deployment's models: the gateway, the Service inside the cluster, or a forwarded port. Thread-safe. */
final class ModelReach {
    private static final String HTTP_PORT = "http";
    private static final int ORCHESTRATOR_PORT = 8000;

    private final MlPlatform platform;
    private final PlatformSpi spi;
    private final boolean insideCluster;
    private final Map<String, Forward> forwards = new ConcurrentHashMap<>();

    ModelReach(MlPlatform platform) {
        this.platform = platform;
        this.spi = PlatformSpi.of(platform);
        this.insideCluster = System.getenv("KUBERNETES_SERVICE_HOST") != null;
        spi.onClose(this::close);
    }

    private record Forward(String deployment, String pod, KubeAccess.PortForward port, InferenceClient client) {}

    /** Closes the ports that lead to a deployment which is no more. */
    void forget(String namespace, String deployment) {
        forwards.values().removeIf(f -> {
            boolean gone = f.deployment().equals(namespace + "/" + deployment);
            if (gone) {
                f.port().close();
            }
            return gone;
        });
    }

    InferenceClient deployment(String namespace, String deployment) {
        if (spi.hasAddress("seldon")) {
            return InferenceClient.builder()
                    .platform(platform)
                    .service("seldon")
                    .path("/seldon/" + namespace + "/" + deployment)
                    .build();
        }
        return past(namespace, deployment, first(namespace, deployment));
    }

    InferenceClient predictor(String namespace, String deployment, String predictor) {
        return past(namespace, deployment, named(namespace, deployment, predictor));
    }

    PredictorSpec first(String namespace, String deployment) {
        return read(namespace, deployment).predictors().stream()
                .filter(p -> !p.shadow())
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        details("inference", namespace, deployment, 404, "the deployment has no predictor"), ""));
    }

    PredictorSpec named(String namespace, String deployment, String predictor) {
        SeldonDeployment found = read(namespace, deployment);
        return found.predictor(predictor)
                .orElseThrow(() -> new NotFoundException(
                        details(
                                "inference",
                                namespace,
                                deployment,
                                404,
                                "the deployment has no predictor '" + predictor + "', only "
                                        + found.predictors().stream()
                                                .map(PredictorSpec::name)
                                                .toList()),
                        ""));
    }

    private SeldonDeployment read(String namespace, String deployment) {
        return SeldonDeployment.fromTree(spi.kube().get(SeldonDeploymentCodec.KIND, namespace, deployment));
    }

    private InferenceClient past(String namespace, String deployment, PredictorSpec predictor) {
        String service = SeldonNames.service(deployment, predictor);
        if (insideCluster) {
            URI address = URI.create("http://" + service + "." + namespace + ".svc.cluster.local:" + ORCHESTRATOR_PORT);
            return InferenceClient.create(platform, address);
        }
        return forwards.compute(namespace + "/" + service, (key, open) -> forward(namespace, deployment, service, open))
                .client();
    }

    /** Keeps a forwarded port while its pod is ready, and opens one to another pod otherwise. */
    private Forward forward(String namespace, String deployment, String service, @Nullable Forward open) {
        KubeAccess kube = spi.kube();
        Map<String, Object> spec = Trees.at(kube.get(KubeAccess.Kind.SERVICE, namespace, service), "spec");
        String selector = Trees.at(spec, "selector").entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(","));
        List<String> ready = kube.list(KubeAccess.Kind.POD, namespace, selector).stream()
                .filter(pod -> PodDiagnosis.isReady(pod) && !PodDiagnosis.isLeaving(pod))
                .map(PodDiagnosis::name)
                .toList();
        if (open != null && ready.contains(open.pod())) {
            return open;
        }
        if (ready.isEmpty()) {
            throw new UnavailableException(
                    details("inference", namespace, deployment, 503, "no pod of Service " + service + " is ready"),
                    "wait for the rollout: deployments().follow(\"" + deployment + "\").await(…)");
        }
        KubeAccess.PortForward port = kube.portForward(namespace, ready.get(0), port(spec));
        if (open != null) {
            open.port().close();
        }
        return new Forward(
                namespace + "/" + deployment, ready.get(0), port, InferenceClient.create(platform, port.uri()));
    }

    private static int port(Map<String, Object> service) {
        return Trees.objects(service, "ports").stream()
                .filter(p -> HTTP_PORT.equals(p.get("name")))
                .map(p -> Trees.number(p, "targetPort", Trees.number(p, "port", ORCHESTRATOR_PORT)))
                .findFirst()
                .orElse(ORCHESTRATOR_PORT);
    }

    private CallDetails details(String operation, String namespace, String deployment, int status, String reason) {
        return OwnRefusal.of(spi.kube(), operation, "GET", namespace, deployment, status, reason);
    }

    private void close() {
        forwards.values().forEach(f -> f.port().close());
        forwards.clear();
    }
}
