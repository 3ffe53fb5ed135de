package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.DagPublisherFactory;
import dev.fairlead.airflow.dag.GitPlace;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.spi.PlatformSpi;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Opens publishers by their location. */
public final class Publishers {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]+:.*");
    private static final String GIT = "git+";

    private Publishers() {}

    /** Opens the publisher of a location: that of a factory that knows it, one of ours, or a folder. */
    public static DagPublisher open(PlatformSpi platform, String location) {
        for (DagPublisherFactory factory :
                ServiceLoader.load(DagPublisherFactory.class, Publishers.class.getClassLoader())) {
            DagPublisher publisher = factory.open(location).orElse(null);
            if (publisher != null) {
                return publisher;
            }
        }
        if (location.startsWith(GIT)) {
            return git(platform, location);
        }
        if (location.startsWith("s3://")) {
            return S3Publisher.of(platform, uri(location));
        }
        if (location.startsWith("configmap://")) {
            return configMap(platform, uri(location));
        }
        if (SCHEME.matcher(location).matches()) {
            throw new ConfigurationException("the setting airflow.dags-dir names '" + location
                    + "', and nothing on the class path delivers DAGs to such a place; name a folder, git+https://…, s3://… or "
                    + "configmap://…");
        }
        try {
            return DagPublisher.folder(Path.of(location));
        } catch (InvalidPathException e) {
            throw new ConfigurationException("the setting airflow.dags-dir is no path: " + e.getMessage(), e);
        }
    }

    private static URI uri(String location) {
        try {
            return new URI(location);
        } catch (URISyntaxException e) {
            throw new ConfigurationException("the setting airflow.dags-dir is no address: " + e.getReason(), e);
        }
    }

    private static DagPublisher configMap(PlatformSpi platform, URI location) {
        String namespace = location.getAuthority();
        String path = location.getPath();
        if (namespace == null || !path.matches("/[a-z0-9.-]+")) {
            throw new ConfigurationException("the setting airflow.dags-dir names '" + location
                    + "', which is no ConfigMap; write configmap://namespace/name");
        }
        return ConfigMapPublisher.of(platform, namespace, path.substring(1));
    }

    private static DagPublisher git(PlatformSpi platform, String location) {
        int question = location.indexOf('?');
        String repository = location.substring(GIT.length(), question < 0 ? location.length() : question);
        GitPlace.Builder place = GitPlace.builder(repository);
        gitCredentials(platform).ifPresent(place::credentials);
        for (String part :
                question < 0 ? new String[0] : location.substring(question + 1).split("&", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            String value = URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
            switch (key) {
                case "branch" -> place.branch(value);
                case "path" -> place.path(value.replaceAll("^/+|/+$", ""));
                default ->
                    throw new ConfigurationException("the setting airflow.dags-dir has a part '" + key
                            + "' that means nothing to a git repository; branch and path do");
            }
        }
        return new GitPublisher(place.build());
    }

    private static Optional<CredentialsProvider> gitCredentials(PlatformSpi platform) {
        Optional<String> user = platform.setting("airflow", "dags-username");
        Optional<String> password = platform.setting("airflow", "dags-password");
        if (user.isPresent() != password.isPresent()) {
            throw new ConfigurationException(
                    "the settings airflow.dags-username and airflow.dags-password belong together: set both, "
                            + "or neither");
        }
        return user.flatMap(u -> password.map(p -> CredentialsProvider.basic(u, p)))
                .or(() -> platform.setting("airflow", "dags-token").map(CredentialsProvider::bearer));
    }
}
