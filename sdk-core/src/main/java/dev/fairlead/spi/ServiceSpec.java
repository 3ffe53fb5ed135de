package dev.fairlead.spi;

import dev.fairlead.credentials.CredentialsProvider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a system module needs to speak to its service.
 *
 * @param name the service's name in settings and messages, such as {@code mlflow}
 * @param errors turns its error answers into exceptions
 * @param credentials the service's own way to log in, used instead of the settings' credentials; or {@code null}
 */
public record ServiceSpec(
        String name, ServiceErrors errors, @Nullable CredentialsProvider credentials) {
    /** Describes a service that takes its credentials from the settings. */
    public ServiceSpec(String name, ServiceErrors errors) {
        this(name, errors, null);
    }

    /** Returns the service's own way to log in. */
    public Optional<CredentialsProvider> ownCredentials() {
        return Optional.ofNullable(credentials);
    }
}
