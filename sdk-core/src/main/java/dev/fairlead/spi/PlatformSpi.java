package dev.fairlead.spi;

import dev.fairlead.MlPlatform;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** What a platform offers to our own modules. */
public interface PlatformSpi {
    /** Returns the inner side of a platform. */
    static PlatformSpi of(MlPlatform platform) {
        if (platform instanceof PlatformSpi spi) {
            return spi;
        }
        throw new ConfigurationException("this MlPlatform ("
                + platform.getClass().getName() + ") was not made by MlPlatform.builder() or connect(); "
                + "to test without a platform use fairlead-testing's EmbeddedPlatform");
    }

    /**
     * Opens the line to a service; opens no connection.
     *
     * @throws ConfigurationException if no address of the service is known; the message names where one may be set
     */
    HttpCalls http(ServiceSpec service);

    /** Opens a line to another address of a service, such as a forwarded port; its credentials are those of the spec alone. */
    HttpCalls http(ServiceSpec service, URI address);

    /**
     * Opens a line to an address that another service sends us to, such as one signed in its store: through that service's proxy, its
     * authorities trusted besides the JVM's. Neither its credentials nor its headers go there; its client certificate does where scheme, host and
     * port are its own.
     *
     * @param neighbour the name of that other service
     */
    HttpCalls httpBeside(String neighbour, ServiceSpec service, URI address);

    /** Returns whether the settings tell where a service is. */
    boolean hasAddress(String service);

    /** Returns where a service's credentials come from by the settings, for a service that exchanges them for its own. */
    CredentialsProvider credentials(String service);

    /** Returns the Kubernetes side; opens no connection. */
    KubeAccess kube();

    /** Returns whether a cluster is configured at all. */
    boolean hasKube();

    /** Returns a setting of a service by its key, such as {@code dags-dir}, from wherever it is set. */
    Optional<String> setting(String service, String key);

    /** Makes operations on the platform's clock. */
    Poller poller();

    /** Returns the clock all limits are measured on. */
    Clock clock();

    /** Returns how the platform passes time. */
    Sleeper sleeper();

    /** Registers what the platform closes when it is closed, in reverse order. */
    void onClose(AutoCloseable resource);
}
