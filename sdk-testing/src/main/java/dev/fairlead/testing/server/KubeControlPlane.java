package dev.fairlead.testing.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processes of a control plane, in the order in which they need each other. */
final class KubeControlPlane {
    static final String ADMIN = "admin";
    static final String VIEWER = "viewer";
    static final String OUTSIDER = "outsider";

    /** The reason of kwok's Ready condition. */
    private static final String NODE_READY = "\"KubeletReady\"";

    private static final String BINDING = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: fairlead-viewer}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: viewer}]
            """;

    private final Path assets;
    private final ServerGroup group;
    private final Map<String, String> environment;
    private final Duration timeout;
    private final Path folder;
    private final Certificate certificate;
    private final URI uri;
    private final int port;
    private final Map<String, KubeUser> users = new LinkedHashMap<>();
    private final KubeApi api;
    private List<String> apiServerArguments = List.of();
    private @Nullable ServerProcess apiServer;

    KubeControlPlane(Path assets, ServerGroup group, Map<String, String> environment, Duration timeout) {
        this.assets = assets;
        this.group = group;
        this.environment = Map.copyOf(environment);
        this.timeout = timeout;
        this.folder = group.directory();
        this.certificate = Certificate.create(folder.resolve("certificate"));
        this.port = group.port();
        this.uri = URI.create("https://127.0.0.1:" + port);
        List.of(ADMIN, VIEWER, OUTSIDER).forEach(this::addUser);
        this.api = new KubeApi(uri, user(ADMIN).token(), certificate.trusting());
    }

    private void addUser(String name) {
        String token = Secrets.token();
        Path file = Folders.write(
                folder.resolve(name + ".kubeconfig"),
                Folders.resource("kubeconfig.yaml")
                        .replace("@SERVER@", uri.toString())
                        .replace("@CA@", certificate.base64())
                        .replace("@USER@", name)
                        .replace("@TOKEN@", token));
        users.put(name, new KubeUser(name, token, file));
    }

    URI uri() {
        return uri;
    }

    KubeApi api() {
        return api;
    }

    KubeApi apiOf(KubeUser user) {
        return new KubeApi(uri, user.token(), certificate.trusting());
    }

    Path podLog() {
        return folder.resolve("pods.log");
    }

    KubeUser user(String name) {
        KubeUser user = users.get(name);
        if (user == null) {
            throw new ServerException("no user " + name + " in " + users.keySet());
        }
        return user;
    }

    void start() {
        apiServerArguments = apiServerArguments(startEtcd());
        startApiServer();
        String kubeconfig = user(ADMIN).kubeconfig().toString();
        run(
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--secure-port=0",
                "--service-account-private-key-file=" + serviceAccountKey(),
                "--root-ca-file=" + certificate.certificate(),
                // Without node addresses to give out there is nothing for this one to do; the rest is needed.
                "--controllers=*,-nodeipam");
        run("kube-scheduler", "--kubeconfig=" + kubeconfig, "--leader-elect=false", "--secure-port=0");
        api.apply("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/fairlead-viewer", BINDING);
    }

    private String startEtcd() {
        String client = "http://127.0.0.1:" + group.port();
        String peer = "http://127.0.0.1:" + group.port();
        run(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--log-level=warn");
        return client;
    }

    private Path serviceAccountKey() {
        return folder.resolve("sa.key");
    }

    private void startApiServer() {
        apiServer = run("kube-apiserver", apiServerArguments.toArray(String[]::new));
        group.await(
                "answer of " + uri + "/readyz",
                timeout,
                () -> api.ask("/readyz").isPresent());
    }

    /** Ends the API server as a crash would, and starts it again where it was; etcd keeps what there is. */
    void restartApiServer() {
        ServerProcess crashed = apiServer;
        if (crashed == null) {
            throw new ServerException("the API server has not been started");
        }
        crashed.kill();
        group.forget(() -> !crashed.alive());
        startApiServer();
    }

    private List<String> apiServerArguments(String etcd) {
        Folders.write(serviceAccountKey(), Certificate.privateKey());
        StringBuilder tokens = new StringBuilder();
        users.values()
                .forEach(user -> tokens.append("%s,%s,%s%s%n"
                        .formatted(
                                user.token(),
                                user.name(),
                                user.name(),
                                user.name().equals(ADMIN) ? ",\"system:masters\"" : "")));
        Path tokenFile = Folders.write(folder.resolve("tokens.csv"), tokens.toString());
        String key = serviceAccountKey().toString();
        return List.of(
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--tls-cert-file=" + certificate.certificate(),
                "--tls-private-key-file=" + certificate.key(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--authorization-mode=RBAC",
                "--token-auth-file=" + tokenFile,
                "--service-cluster-ip-range=10.0.0.0/16",
                "--disable-admission-plugins=ServiceAccount",
                "--allow-privileged",
                "--watch-cache=true",
                "--profiling=false");
    }

    void startKwok(String config) {
        Path file = Folders.write(folder.resolve("kwok.yaml"), config);
        int kubelet = group.port();
        int kwok = group.port();
        group.alsoClose(new KubeletProxy(kubelet, kwok, certificate, this::hasEnded)::close);
        run(
                "kwok",
                "--kubeconfig=" + user(ADMIN).kubeconfig(),
                "--manage-all-nodes",
                // Without leases each node is taken for lost every 50 s and comes back without its addresses.
                "--node-lease-duration-seconds=40",
                "--config=" + assets.resolve("kwok-stages.yaml"),
                "--cidr=10.1.0.0/16",
                "--node-ip=127.0.0.1",
                "--node-port=" + kubelet,
                "--server-address=127.0.0.1:" + kwok,
                "--tls-cert-file=" + certificate.certificate(),
                "--tls-private-key-file=" + certificate.key(),
                "--config=" + file);
    }

    private boolean hasEnded(String pod) {
        return api.ask(pod)
                .map(answer -> answer.contains("\"phase\":\"Succeeded\"") || answer.contains("\"phase\":\"Failed\""))
                .orElse(true);
    }

    /** Creates the nodes, then waits for each: kwok readies them side by side. */
    void addNodes(List<KubeNode> nodes) {
        nodes.forEach(node -> api.apply("/api/v1/nodes/" + node.name(), node.json()));
        for (KubeNode node : nodes) {
            String path = "/api/v1/nodes/" + node.name();
            group.await(
                    "ready node " + node.name(),
                    timeout,
                    () -> api.ask(path)
                            .filter(answer -> answer.contains(NODE_READY))
                            .isPresent());
        }
    }

    private ServerProcess run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(assets.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return group.start(program, command, environment);
    }
}
