package dev.fairlead.internal.kube;

import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.internal.config.Settings.Setting;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cluster: settings that name its address, else a kubeconfig, else the pod we run in. A source that applies but cannot be used
 * stops; the credentials of one source never go to the server of another.
 */
public final class KubeTargets {
    private final KubeSettings given;
    private final List<String> tried = new ArrayList<>();

    private KubeTargets(KubeSettings given) {
        this.given = given;
    }

    /**
     * Finds the cluster; empty if nothing around names one. Opens no connection.
     *
     * @throws ConfigurationException if a source applies but cannot be used
     */
    public static Optional<KubeTarget> find(KubeSettings given) {
        return new KubeTargets(given).find();
    }

    private Optional<KubeTarget> find() {
        Optional<Setting> server = given.settings().find("kubernetes.server");
        if (server.isPresent() && given.kubeconfig() == null) {
            return Optional.of(named(server.get()));
        }
        Optional<Found> kubeconfig = kubeconfig();
        if (kubeconfig.isPresent()) {
            return Optional.of(fromKubeconfig(kubeconfig.get()));
        }
        return inPod().map(this::fromPod);
    }

    /** A kubeconfig, the context wanted of it, and what named it. */
    private record Found(Kubeconfig.Context context, String source) {}

    private Optional<Found> kubeconfig() {
        Optional<Setting> contextSetting = given.settings().find("kubernetes.context");
        String context = given.context() != null
                ? given.context()
                : contextSetting.map(Setting::value).orElse(null);
        if (given.kubeconfig() != null) {
            Path file = given.kubeconfig();
            if (!Files.isRegularFile(file)) {
                throw new ConfigurationException("the kubeconfig " + file + ", named in the program, does not exist");
            }
            return Optional.of(found(List.of(file), context, "builder, " + file));
        }
        Optional<Setting> setting = given.settings().find("kubernetes.kubeconfig");
        if (setting.isPresent()) {
            List<Path> files = Arrays.stream(setting.get().value().split(File.pathSeparator, -1))
                    .filter(part -> !part.isBlank())
                    .map(Path::of)
                    .filter(Files::isRegularFile)
                    .toList();
            if (files.isEmpty()) {
                throw new ConfigurationException(
                        "the kubeconfig " + setting.get().value() + ", named by "
                                + setting.get().source() + ", does not exist; create it, or unset that");
            }
            return Optional.of(found(files, context, setting.get().source()));
        }
        Path file = given.settings().around().home().resolve(".kube").resolve("config");
        if (!Files.isRegularFile(file)) {
            tried.add(file + " does not exist");
            if (context != null) {
                throw new ConfigurationException(
                        "the context '" + context + "' was asked for, but there is no kubeconfig: "
                                + "set MlPlatform.builder().kubeconfig(…), FAIRLEAD_KUBERNETES_KUBECONFIG or KUBECONFIG");
            }
            return Optional.empty();
        }
        Kubeconfig read = Kubeconfig.read(List.of(file));
        if (context == null && !read.hasCurrentContext()) {
            tried.add(file + " names no current-context");
            return Optional.empty();
        }
        return Optional.of(new Found(read.context(context), file.toString()));
    }

    private static Found found(List<Path> files, @Nullable String context, String source) {
        return new Found(Kubeconfig.read(files).context(context), source);
    }

    private KubeTarget fromKubeconfig(Found found) {
        Kubeconfig.Context context = found.context();
        String source = found.source() + ", context " + context.name();
        KubeconfigEntry cluster = context.cluster();
        URI server = UserSettings.server(cluster);
        UserSettings user = UserSettings.of(context.user(), cluster, given.clock());
        Namespace namespace = namespace(context.namespace(), source);
        Credentials credentials = credentials(server, user.credentials(), user.description(), source);
        KubeTls tls = KubeTls.of(cluster, credentials.fromOutside() ? null : context.user(), user.exec());
        return new KubeTarget(
                server,
                source,
                namespace.name(),
                namespace.source(),
                tls,
                UserSettings.proxy(cluster),
                credentials.fromOutside() ? List.of() : user.impersonation(),
                credentials.provider(),
                credentials.source());
    }

    private KubeTarget named(Setting server) {
        URI uri = given.settings().uri("kubernetes.server").orElseThrow();
        Namespace namespace = namespace(null, "");
        tried.add("a kubeconfig or pod is not asked, for its credentials belong to another address than "
                + server.value());
        Credentials credentials = credentials(UserSettings.origin(uri), null, "", "");
        KubeTls tls =
                KubeTls.trusting(given.settings().path("kubernetes.ca-file").orElse(null));
        return new KubeTarget(
                UserSettings.origin(uri),
                server.source(),
                namespace.name(),
                namespace.source(),
                tls,
                null,
                List.of(),
                credentials.provider(),
                credentials.source());
    }

    private Optional<URI> inPod() {
        String host = given.settings().around().environment().apply("KUBERNETES_SERVICE_HOST");
        String port = given.settings().around().environment().apply("KUBERNETES_SERVICE_PORT");
        if (host == null || host.isBlank()) {
            return Optional.empty();
        }
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return Optional.of(URI.create("https://" + literal + ":" + (port == null || port.isBlank() ? "443" : port)));
    }

    private KubeTarget fromPod(URI server) {
        Path token = given.serviceAccount().resolve("token");
        Path authority = given.serviceAccount().resolve("ca.crt");
        Credentials credentials = credentials(
                server,
                CredentialsProvider.tokenFile(token),
                "the pod's service account, token file " + token,
                "in the pod");
        Namespace namespace = namespace(podNamespace(), "in the pod");
        return new KubeTarget(
                server,
                "in the pod, KUBERNETES_SERVICE_HOST",
                namespace.name(),
                namespace.source(),
                KubeTls.trusting(Files.isRegularFile(authority) ? authority : null),
                null,
                List.of(),
                credentials.provider(),
                credentials.source());
    }

    private @Nullable String podNamespace() {
        Path file = given.serviceAccount().resolve("namespace");
        try {
            return Files.isRegularFile(file) ? Files.readString(file).strip() : null;
        } catch (IOException e) {
            throw new ConfigurationException("the pod's namespace file " + file + " cannot be read: " + e, e);
        }
    }

    private record Namespace(String name, String source) {}

    private Namespace namespace(@Nullable String ofPlace, String place) {
        if (given.namespace() != null) {
            return new Namespace(given.namespace(), "builder");
        }
        Optional<Setting> setting = given.settings().find("kubernetes.namespace");
        if (setting.isPresent()) {
            return new Namespace(setting.get().value(), setting.get().source());
        }
        return ofPlace == null || ofPlace.isBlank()
                ? new Namespace("default", "default")
                : new Namespace(ofPlace, place);
    }

    /** Chosen credentials; those from outside the kubeconfig's user do not mix with his certificate or impersonation. */
    private record Credentials(CredentialsProvider provider, String source, boolean fromOutside) {}

    private Credentials credentials(
            URI server, @Nullable CredentialsProvider ofPlace, String description, String place) {
        if (given.credentials() != null) {
            return new Credentials(given.credentials(), "builder", true);
        }
        tried.add(0, "none are given in the program");
        Optional<Setting> token = given.settings().find("kubernetes.token");
        if (token.isPresent()) {
            return new Credentials(
                    CredentialsProvider.bearer(token.get().value()), token.get().source(), true);
        }
        tried.add(1, "FAIRLEAD_KUBERNETES_TOKEN is not set");
        if (ofPlace != null) {
            return new Credentials(new Described(ofPlace, description), place, false);
        }
        if (!description.isEmpty()) {
            tried.add(description);
        }
        return new Credentials(new Missing(server, List.copyOf(tried)), "none found", false);
    }

    /** Names a source in the words of the place it comes from. */
    private record Described(CredentialsProvider provider, String describe) implements CredentialsProvider {
        @Override
        public Optional<dev.fairlead.credentials.Credential> resolve(URI target) {
            return provider.resolve(target);
        }

        @Override
        public void refused(dev.fairlead.credentials.Credential credential) {
            provider.refused(credential);
        }
    }

    /** Stops each call before it is sent: nothing goes to an API server without credentials by accident. */
    private record Missing(URI server, List<String> tried) implements CredentialsProvider {
        @Override
        public Optional<dev.fairlead.credentials.Credential> resolve(URI target) {
            throw new ConfigurationException("there are no credentials for the Kubernetes API server " + server + ": "
                    + String.join("; ", tried) + ". Set MlPlatform.builder().kubernetesCredentials(…), where "
                    + "CredentialsProvider.none() means none on purpose");
        }

        @Override
        public String describe() {
            return "none found: calls will be refused";
        }
    }
}
