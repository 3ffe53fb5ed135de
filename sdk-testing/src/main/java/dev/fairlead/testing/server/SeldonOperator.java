package dev.fairlead.testing.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The real Seldon Core 1 operator with its admission webhook on a {@link KubeCluster}: SeldonDeployments become
 * Deployments, Services and pods, and what the webhook refuses is refused.
 */
public final class SeldonOperator extends LocalServer {
    /** The version. */
    public static final String CURRENT = "1.17.1";

    private static final String NAMESPACE = "seldon-system";
    private static final String CRD =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/seldondeployments.machinelearning.seldon.io";
    private static final String WEBHOOK = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: seldon-validating-webhook-configuration}
            webhooks:
            - name: v1.vseldondeployment.kb.io
              clientConfig:
                url: https://127.0.0.1:%d/validate-machinelearning-seldon-io-v1-seldondeployment
                caBundle: %s
              failurePolicy: Fail
              sideEffects: None
              admissionReviewVersions: [v1, v1beta1]
              rules:
              - apiGroups: [machinelearning.seldon.io]
                apiVersions: [v1]
                operations: [CREATE, UPDATE]
                resources: [seldondeployments]
            """;

    private static final String MANAGER = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: seldon-controller-manager
              namespace: seldon-system
              labels: {control-plane: seldon-controller-manager}
            spec:
              replicas: 0
              selector: {matchLabels: {control-plane: seldon-controller-manager}}
              template:
                metadata: {labels: {control-plane: seldon-controller-manager}}
                spec:
                  containers:
                  - name: manager
                    image: docker.io/seldonio/seldon-core-operator:1.17.1
                    env:
            """;
    private static final String OPEN_KIND = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: %s.%s}
            spec:
              group: %s
              scope: Namespaced
              names: {plural: %s, kind: %s}
              versions:
              - name: %s
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    private SeldonOperator(URI uri, ServerGroup group, long startedNanos) {
        super("Seldon Core 1", CURRENT, uri, group, startedNanos);
    }

    /**
     * Starts the description of an operator.
     *
     * @param cluster the cluster it works on; it must outlive the operator
     * @return a builder
     */
    public static Builder builder(KubeCluster cluster) {
        return new Builder(cluster);
    }

    /** Describes the operator to start. */
    public static final class Builder extends LocalServer.Builder<Builder, SeldonOperator> {
        private final KubeCluster cluster;
        private boolean istio;
        private boolean keda;
        private boolean ambassador;

        private Builder(KubeCluster cluster) {
            this.cluster = cluster;
        }

        /**
         * Lets it write Istio's routes. The cluster gets Istio's definitions of their kinds where those are cached, and some without a
         * schema otherwise; Istio itself is not there.
         *
         * @return this builder
         */
        public Builder istio() {
            istio = true;
            return this;
        }

        /**
         * Lets it write KEDA's scaled objects. The cluster gets KEDA's definition of their kind where that is cached, and one without a
         * schema otherwise; KEDA itself is not there.
         *
         * @return this builder
         */
        public Builder keda() {
            keda = true;
            return this;
        }

        /**
         * Lets it write Ambassador's Mappings. The cluster gets definitions of their kinds without a schema; Ambassador itself is not there.
         *
         * @return this builder
         */
        public Builder ambassador() {
            ambassador = true;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        public SeldonOperator start() {
            SeldonFiles files = SeldonFiles.find().orElseThrow(() -> new ServerException(SeldonFiles.MISSING));
            Path program = files.program();
            ServerGroup group = new ServerGroup("Seldon operator", directory);
            try {
                long started = System.nanoTime();
                Map<String, String> settings = settings();
                installObjects(group, files, settings);
                Path temporary = group.directory().resolve("tmp");
                // controller-runtime looks for its certificate under the system's temporary folder.
                Certificate certificate = Certificate.create(
                        temporary.resolve("k8s-webhook-server").resolve("serving-certs"));
                int webhook = group.port();
                int metrics = group.port();
                Map<String, String> variables = new HashMap<>(settings);
                variables.put("TMPDIR", temporary.toString());
                variables.putAll(environment);
                group.start(
                        "operator",
                        List.of(
                                program.toString(),
                                "--kubeconfig",
                                cluster.kubeconfig().toString(),
                                "--webhook-port",
                                String.valueOf(webhook),
                                "--metrics-addr",
                                "127.0.0.1:" + metrics),
                        variables);
                URI uri = local(metrics);
                group.await(
                        "answer of its metrics and its webhook",
                        startTimeout,
                        () -> Http.ok(uri.resolve("/metrics")).isPresent() && listens(webhook));
                cluster.apply(
                        "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/"
                                + "seldon-validating-webhook-configuration",
                        WEBHOOK.formatted(webhook, certificate.base64()));
                return new SeldonOperator(uri, group, started);
            } catch (RuntimeException e) {
                group.close();
                throw e;
            }
        }

        private void installObjects(ServerGroup group, SeldonFiles files, Map<String, String> settings) {
            cluster.apply(
                    "/api/v1/namespaces/" + NAMESPACE,
                    "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + NAMESPACE
                            + "\"}}");
            cluster.apply("/api/v1/namespaces/" + NAMESPACE + "/configmaps/seldon-config", files.config());
            cluster.apply(
                    "/apis/apps/v1/namespaces/" + NAMESPACE + "/deployments/seldon-controller-manager",
                    manager(settings));
            cluster.apply(CRD, files.crd());
            awaitKind(group, "/apis/machinelearning.seldon.io/v1/seldondeployments");
            if (istio) {
                kind(group, "networking.istio.io", "v1alpha3", "virtualservices", "VirtualService");
                kind(group, "networking.istio.io", "v1alpha3", "destinationrules", "DestinationRule");
            }
            if (ambassador) {
                kind(group, "getambassador.io", "v2", "mappings", "Mapping");
                kind(group, "getambassador.io", "v2", "tlscontexts", "TLSContext");
            }
            if (keda) {
                kind(group, "keda.sh", "v1alpha1", "scaledobjects", "ScaledObject");
            }
        }

        private void kind(ServerGroup group, String api, String version, String plural, String kind) {
            String name = plural + "." + api;
            cluster.apply(
                    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name,
                    ModuleCrds.find(name)
                            .orElseGet(() -> OPEN_KIND.formatted(plural, api, api, plural, kind, version)));
            awaitKind(group, "/apis/" + api + "/" + version + "/" + plural);
        }

        private void awaitKind(ServerGroup group, String path) {
            group.await("established CRD", startTimeout, () -> cluster.get(path).isPresent());
        }

        /** The operator runs beside the cluster; inside, its Deployment without pods tells how it is set up, as an installation's does. */
        private static String manager(Map<String, String> settings) {
            StringBuilder env = new StringBuilder();
            new TreeMap<>(settings)
                    .forEach((name, value) -> env.append("        - {name: ")
                            .append(name)
                            .append(", value: '")
                            .append(value)
                            .append("'}\n"));
            return MANAGER + env;
        }

        private static boolean listens(int port) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        }

        private Map<String, String> settings() {
            Map<String, String> settings = new HashMap<>();
            settings.put("POD_NAMESPACE", NAMESPACE);
            settings.put("USE_EXECUTOR", "true");
            settings.put("EXECUTOR_CONTAINER_IMAGE_AND_VERSION", "seldonio/seldon-core-executor:" + CURRENT);
            settings.put("EXECUTOR_SERVER_PORT", "8000");
            settings.put("EXECUTOR_SERVER_GRPC_PORT", "5001");
            settings.put("EXECUTOR_CONTAINER_SERVICE_ACCOUNT_NAME", "default");
            settings.put("EXECUTOR_CONTAINER_USER", "8888");
            settings.put("EXECUTOR_CONTAINER_IMAGE_PULL_POLICY", "IfNotPresent");
            settings.put("EXECUTOR_PROMETHEUS_PATH", "/prometheus");
            settings.put("EXECUTOR_REQUEST_LOGGER_DEFAULT_ENDPOINT", "http://default-broker");
            settings.put("EXECUTOR_SERVER_METRICS_PORT_NAME", "metrics");
            settings.put("AMBASSADOR_ENABLED", String.valueOf(ambassador));
            settings.put("AMBASSADOR_VERSION", "v2");
            settings.put("ISTIO_ENABLED", String.valueOf(istio));
            settings.put("ISTIO_GATEWAY", "seldon-gateway");
            settings.put("KEDA_ENABLED", String.valueOf(keda));
            return settings;
        }
    }
}
