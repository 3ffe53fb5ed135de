package dev.fairlead.config;

import dev.fairlead.credentials.CredentialsProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Says where one service is and how it is spoken to. Credentials go to this scheme, host and port only. */
public interface Endpoint {
    /** Returns the service's address. */
    Optional<URI> uri();

    /** Returns where its credentials come from; empty leaves it to the settings around (see {@code docs/config.md}). */
    Optional<CredentialsProvider> credentials();

    /** Returns a PEM file of the authorities trusted for this service instead of the JVM's. */
    Optional<Path> caFile();

    /** Returns the PEM file of our client certificate. */
    Optional<Path> clientCertificate();

    /** Returns the PEM file (PKCS#8) of the certificate's key. */
    Optional<Path> clientKey();

    /** Returns whether the server's certificate is accepted unseen: for experiments only. Unset means no. */
    Optional<Boolean> insecureTls();

    /** Returns the HTTP proxy to go through. */
    Optional<URI> proxy();

    /** Returns how long one call may take; empty leaves it to {@link Timeouts#call()}. */
    Optional<Duration> timeout();

    /** Returns headers sent with every call; empty by default. */
    Map<String, String> headers();

    /** Starts an endpoint. */
    static Builder builder() {
        return ImmutableEndpoint.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds an endpoint. Not thread-safe. */
    interface Builder {
        /** Sets the service's address; http or https. */
        Builder uri(URI uri);

        /** Sets the service's address. */
        default Builder uri(String uri) {
            return uri(URI.create(uri));
        }

        /** Sets where its credentials come from. */
        Builder credentials(CredentialsProvider credentials);

        /** Uses one bearer token. */
        default Builder bearer(String token) {
            return credentials(CredentialsProvider.bearer(token));
        }

        /** Uses a user name and password. */
        default Builder basic(String username, String password) {
            return credentials(CredentialsProvider.basic(username, password));
        }

        /**
         * Uses a token of our own service account that the platform's cluster gives out for this audience; see
         * {@link CredentialsProvider#kubernetesToken(String, String)}.
         *
         * @param audience whom the token is meant for, as the service checks it
         */
        default Builder kubernetesToken(String audience) {
            return credentials(CredentialsProvider.kubernetesToken(audience));
        }

        /** Sets the PEM file of the trusted authorities. */
        Builder caFile(Path file);

        /** Sets the PEM file of our client certificate. */
        Builder clientCertificate(Path file);

        /** Sets the PEM file of the certificate's key. */
        Builder clientKey(Path file);

        /** Accepts any server certificate: for experiments only. */
        Builder insecureTls(boolean insecure);

        /** Sets the HTTP proxy. */
        Builder proxy(URI proxy);

        /** Sets how long one call may take. */
        Builder timeout(Duration timeout);

        /** Replaces the headers. */
        Builder headers(Map<String, ? extends String> headers);

        /** Adds a header. */
        Builder putHeader(String name, String value);

        /** Makes the endpoint, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Endpoint build();
    }
}
