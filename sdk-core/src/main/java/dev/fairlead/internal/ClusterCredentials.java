package dev.fairlead.internal;

import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Is a source of credentials that asks a platform's cluster, and so gives nothing before it is bound to one. */
public interface ClusterCredentials extends CredentialsProvider {
    /** Returns the same source, bound to who gives out the tokens. */
    CredentialsProvider boundTo(Issuer issuer);

    /** Gives out tokens of service accounts. */
    interface Issuer {
        /** Returns the source of an account's tokens for an audience; of the account we are ourselves where none is named. */
        CredentialsProvider tokens(String audience, @Nullable String serviceAccount);
    }

    /**
     * Asks for a token.
     *
     * @param audience whom the token is meant for
     * @param serviceAccount whose it is, as {@code name} or {@code namespace/name}; {@code null} for our own
     */
    record Token(String audience, @Nullable String serviceAccount) implements ClusterCredentials {
        private static final Pattern ACCOUNT = Pattern.compile("([a-z0-9][-a-z0-9]*/)?[a-z0-9][-.a-z0-9]*");

        /** Checks both. */
        public Token {
            List<Problem> problems = new ArrayList<>();
            if (audience.isBlank()) {
                problems.add(new Problem(
                        "audience", "must name whom the token is meant for, as the service checks it", "empty"));
            }
            if (serviceAccount != null && !ACCOUNT.matcher(serviceAccount).matches()) {
                problems.add(
                        new Problem("serviceAccount", "must be a name or namespace/name", "'" + serviceAccount + "'"));
            }
            if (!problems.isEmpty()) {
                throw new InvalidValueException("kubernetesToken", problems);
            }
        }

        @Override
        public CredentialsProvider boundTo(Issuer issuer) {
            return issuer.tokens(audience, serviceAccount);
        }

        @Override
        public Optional<Credential> resolve(URI target) {
            throw new ConfigurationException(describe() + " needs the cluster of a platform: give it to an endpoint of "
                    + "MlPlatform.builder()");
        }

        @Override
        public String describe() {
            return "the cluster's token of "
                    + (serviceAccount == null ? "our own service account" : "service account " + serviceAccount)
                    + " for audience " + audience;
        }
    }
}
