package dev.fairlead.internal.config;

import dev.fairlead.config.Endpoint;
import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.internal.config.Settings.Setting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses one service's credentials: explicit, then a user and password, then a token, each from the settings around, then the service's
 * own file, then none. A user without a password, or the reverse, stops.
 *
 * @param provider gives them
 * @param source says where they come from
 */
public record ServiceCredentials(CredentialsProvider provider, String source) {
    /** Chooses. */
    public static ServiceCredentials of(String service, Endpoint endpoint, Settings settings) {
        if (endpoint.credentials().isPresent()) {
            return new ServiceCredentials(endpoint.credentials().get(), "builder");
        }
        Optional<Setting> user = settings.find(service + ".username");
        Optional<Setting> password = settings.find(service + ".password");
        if (user.isPresent() || password.isPresent()) {
            Setting u = user.orElseThrow(() -> half(service, password.orElseThrow(), "username"));
            Setting p = password.orElseThrow(() -> half(service, u, "password"));
            return new ServiceCredentials(
                    named(
                            "user " + u.value() + " and password given in the settings",
                            CredentialsProvider.basic(u.value(), p.value())),
                    u.source());
        }
        Optional<Setting> token = settings.find(service + ".token");
        if (token.isPresent()) {
            return new ServiceCredentials(
                    named(
                            "bearer token given in the settings",
                            CredentialsProvider.bearer(token.get().value())),
                    token.get().source());
        }
        if (service.equals("mlflow")) {
            Optional<ServiceCredentials> plugin = mlflowPlugin(settings);
            if (plugin.isPresent()) {
                return plugin.get();
            }
            Path file = settings.around().home().resolve(".mlflow").resolve("credentials");
            if (Files.isRegularFile(file)) {
                return mlflowFile(file);
            }
        }
        return new ServiceCredentials(CredentialsProvider.none(), "none set");
    }

    private static ConfigurationException half(String service, Setting there, String missing) {
        return new ConfigurationException("the setting " + there.key() + " (" + there.source() + ") stands alone: set "
                + service + "." + missing + " too, or neither");
    }

    /**
     * Refuses to go on without what Python's MLflow would log in with. A cluster's token is handed to a service only by the program itself,
     * not by a variable.
     */
    private static Optional<ServiceCredentials> mlflowPlugin(Settings settings) {
        String value = settings.around().environment().apply("MLFLOW_TRACKING_AUTH");
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        CredentialsProvider refusing = target -> {
            throw new ConfigurationException("MLFLOW_TRACKING_AUTH=" + value.strip()
                    + " names a login of Python's MLflow, which is not taken over: give credentials in the program, "
                    + "for a cluster's token endpoint(e -> e.kubernetesToken(audience)), or e.credentials(CredentialsProvider.tokenFile(path)) "
                    + "and, for kubernetes-namespaced, workspace(platform.namespace()); or unset it");
        };
        return Optional.of(new ServiceCredentials(
                named("the login " + value.strip() + " of Python's MLflow, which is not taken over", refusing),
                "environment MLFLOW_TRACKING_AUTH"));
    }

    /** Reads the INI file that Python's MLflow reads. */
    private static ServiceCredentials mlflowFile(Path file) {
        Map<String, String> values = new HashMap<>();
        try {
            boolean section = false;
            for (String line : Files.readAllLines(file)) {
                String text = line.strip();
                if (text.startsWith("[")) {
                    section = text.equals("[mlflow]");
                } else if (section && text.contains("=")) {
                    int at = text.indexOf('=');
                    values.put(
                            text.substring(0, at).strip(),
                            text.substring(at + 1).strip());
                }
            }
        } catch (IOException e) {
            throw new ConfigurationException("MLflow's credentials file " + file + " cannot be read: " + e, e);
        }
        String user = values.get("mlflow_tracking_username");
        String password = values.get("mlflow_tracking_password");
        if (user == null || password == null) {
            throw new ConfigurationException("MLflow's credentials file " + file
                    + " must hold mlflow_tracking_username and mlflow_tracking_password in its section [mlflow]");
        }
        return new ServiceCredentials(
                named("user " + user + " and password", CredentialsProvider.basic(user, password)), "file " + file);
    }

    /** Gives a provider the words that {@code describe()} shows. */
    private static CredentialsProvider named(String words, CredentialsProvider provider) {
        return new CredentialsProvider() {
            @Override
            public Optional<Credential> resolve(URI target) {
                return provider.resolve(target);
            }

            @Override
            public String describe() {
                return words;
            }
        };
    }
}
