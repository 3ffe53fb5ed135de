package dev.fairlead.credentials;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.internal.ClusterCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the credential for one service. Implementations are thread-safe and may be asked for every call, so they keep what they have.
 *
 * <p>Empty means "this source does not apply here", and the next one of a chain is asked. A source that applies but fails throws: then the
 * call is not made, and nothing goes out without credentials by accident.
 */
@FunctionalInterface
public interface CredentialsProvider {
    /**
     * Finds the credential.
     *
     * @param target the scheme, host and port it will be sent to, without path
     * @throws ConfigurationException if this source applies but cannot give one; the message names the remedy
     */
    Optional<Credential> resolve(URI target);

    /** Is told that the service did not take the credential (401), so that a kept one is dropped. */
    default void refused(Credential credential) {}

    /** Describes the source without its secret, for {@code describe()} and error messages. */
    default String describe() {
        return getClass().getSimpleName();
    }

    /** Uses one bearer token. */
    static CredentialsProvider bearer(String token) {
        return new Sources.Fixed(Credential.bearer(token), "bearer token given in the program");
    }

    /** Uses one user name and password. */
    static CredentialsProvider basic(String username, String password) {
        return new Sources.Fixed(Credential.basic(username, password), "user and password given in the program");
    }

    /** Uses one header. */
    static CredentialsProvider header(String name, String value) {
        return new Sources.Fixed(Credential.header(name, value), "header " + name + " given in the program");
    }

    /** Sends no credentials, on purpose. */
    static CredentialsProvider none() {
        return new Sources.None();
    }

    /** Uses the bearer token of an environment variable; does not apply while the variable is unset or empty. */
    static CredentialsProvider bearerFromEnv(String variable) {
        return new Sources.FromEnv(variable, System::getenv);
    }

    /** Uses the bearer token in a file, which is read again whenever the file changes, as mounted tokens do. */
    static CredentialsProvider tokenFile(Path file) {
        return new Sources.TokenFile(file);
    }

    /**
     * Uses a token that the platform's cluster gives out for one audience: see {@link #kubernetesToken(String, String)}. It is a token of the
     * service account we are ourselves.
     */
    static CredentialsProvider kubernetesToken(String audience) {
        return new ClusterCredentials.Token(audience, null);
    }

    /**
     * Uses a token of a service account that the platform's cluster gives out for one audience. Nothing of the cluster reaches a service but
     * by this: the token goes to the scheme, host and port of the endpoint it is set on, and is renewed before it ends.
     *
     * <p>Where the token we speak to the API server with is that account's and meant for the audience, as a pod's mounted one may be, it
     * is used itself; else the API server is asked for one of an hour. Who asks needs {@code create} on {@code serviceaccounts/token}; a
     * refusal is a {@link ConfigurationException} that says so. Where nobody may, mount a projected token and use {@link #tokenFile}.
     *
     * @param audience whom the token is meant for, as the service checks it
     * @param serviceAccount the account, as {@code name} in the platform's namespace, or {@code namespace/name}
     */
    static CredentialsProvider kubernetesToken(String audience, String serviceAccount) {
        return new ClusterCredentials.Token(audience, serviceAccount);
    }

    /** Asks one source after the other; the first that applies decides. */
    static CredentialsProvider chain(List<CredentialsProvider> sources) {
        return new Sources.Chain(sources);
    }
}
