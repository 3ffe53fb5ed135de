package dev.fairlead.internal.config;

import dev.fairlead.config.Endpoint;
import dev.fairlead.internal.http.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One service as the builder and the settings around describe it together.
 *
 * @param endpoint what the builder set, completed from the settings
 * @param credentials the credentials chosen
 */
public record ServiceEndpoint(Endpoint endpoint, ServiceCredentials credentials) {
    /** Joins both. */
    public static ServiceEndpoint of(String service, Optional<Endpoint> given, Settings settings) {
        Endpoint own = given.orElseGet(() -> Endpoint.builder().build());
        Endpoint.Builder all = own.toBuilder();
        if (own.uri().isEmpty()) {
            settings.uri(service + ".uri").ifPresent(all::uri);
        }
        if (own.caFile().isEmpty()) {
            settings.path(service + ".ca-file").ifPresent(all::caFile);
        }
        if (own.clientCertificate().isEmpty() && own.clientKey().isEmpty()) {
            Optional<Path> certificate = settings.path(service + ".client-certificate");
            certificate.ifPresent(all::clientCertificate);
            // without a key file, one file holds both, as MLFLOW_TRACKING_CLIENT_CERT_PATH does
            settings.path(service + ".client-key").or(() -> certificate).ifPresent(all::clientKey);
        }
        if (own.insecureTls().isEmpty()) {
            settings.flag(service + ".insecure-tls").ifPresent(all::insecureTls);
        }
        if (own.proxy().isEmpty()) {
            settings.uri(service + ".proxy").ifPresent(all::proxy);
        }
        if (own.timeout().isEmpty()) {
            settings.duration(service + ".timeout").ifPresent(all::timeout);
        }
        return new ServiceEndpoint(all.build(), ServiceCredentials.of(service, own, settings));
    }

    /** Returns whom the service's line trusts and as whom it presents itself. */
    public static TlsSettings tls(Endpoint endpoint) {
        return new TlsSettings(
                endpoint.caFile().orElse(null),
                endpoint.clientCertificate().orElse(null),
                endpoint.clientKey().orElse(null),
                false,
                endpoint.insecureTls().orElse(false));
    }

    /**
     * Returns whom the line to another address trusts that the service sends us to: whom the service's line trusts where scheme, host and
     * port are the same; else its authorities besides the JVM's. Its client certificate goes to no other.
     */
    public static TlsSettings tlsBeside(Endpoint endpoint, URI address) {
        boolean same = endpoint.uri()
                .filter(uri -> uri.getScheme().equals(address.getScheme())
                        && uri.getRawAuthority().equals(address.getRawAuthority()))
                .isPresent();
        return same ? tls(endpoint) : new TlsSettings(endpoint.caFile().orElse(null), null, null, true, false);
    }
}
