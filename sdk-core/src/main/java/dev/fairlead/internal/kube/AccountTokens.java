package dev.fairlead.internal.kube;

import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.internal.ClusterCredentials;
import dev.fairlead.spi.CallSpec;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives out tokens of service accounts, each for one audience; those of one account and audience are shared. Thread-safe. */
public final class AccountTokens implements ClusterCredentials.Issuer {
    private static final String ACCOUNT = "system:serviceaccount:";

    /** The API server gives ten minutes at least; an hour is what kubelets ask for. */
    private static final int SECONDS = 3600;

    private final KubeTarget target;
    private final Clock clock;
    private final Cluster cluster;
    private final Map<ClusterCredentials.Token, Source> sources = new ConcurrentHashMap<>();

    /** Asks the cluster something that leaves no object behind. */
    public interface Cluster {
        /** Returns the question with its answer in {@code status}. */
        Map<String, Object> ask(String operation, String path, Map<String, Object> question);
    }

    /** Creates the issuer of a cluster; asks nothing yet. */
    public AccountTokens(KubeTarget target, Clock clock, Cluster cluster) {
        this.target = target;
        this.clock = clock;
        this.cluster = cluster;
    }

    @Override
    public CredentialsProvider tokens(String audience, @Nullable String serviceAccount) {
        return sources.computeIfAbsent(new ClusterCredentials.Token(audience, serviceAccount), Source::new);
    }

    /** A token with its end. */
    private record Issued(Credential.Token token) implements Refreshing.Ending {
        @Override
        public Optional<Instant> expiresAt() {
            return token.expiresAt();
        }

        @Override
        public Optional<Credential> credential() {
            return Optional.of(token);
        }
    }

    private final class Source implements CredentialsProvider {
        private final ClusterCredentials.Token wanted;
        private final Refreshing<Issued> kept;

        private Source(ClusterCredentials.Token wanted) {
            this.wanted = wanted;
            this.kept = new Refreshing<>(wanted.describe(), clock, () -> issue(wanted));
        }

        @Override
        public Optional<Credential> resolve(URI service) {
            return own(wanted).or(() -> kept.get().credential());
        }

        @Override
        public void refused(Credential credential) {
            kept.drop(credential);
            target.credentials().refused(credential); // a mounted token is read again
        }

        @Override
        public String describe() {
            return wanted.describe();
        }
    }

    /** Returns the token we speak to the API server with, if it is that account's and meant for the audience. */
    private Optional<Credential> own(ClusterCredentials.Token wanted) {
        Optional<Credential> mine =
                target.impersonation().isEmpty() ? target.credentials().resolve(target.server()) : Optional.empty();
        return mine.filter(credential -> credential instanceof Credential.Token token
                && Jwt.read(token.value())
                        .filter(jwt -> jwt.isFor(wanted.audience()) && fits(jwt.subject(), wanted.serviceAccount()))
                        .isPresent());
    }

    private boolean fits(String subject, @Nullable String account) {
        return account == null ? subject.startsWith(ACCOUNT) : subject.equals(ACCOUNT + qualified(account));
    }

    /** Returns {@code namespace:name}. */
    private String qualified(String account) {
        return account.contains("/") ? account.replace('/', ':') : target.namespace() + ":" + account;
    }

    private Issued issue(ClusterCredentials.Token wanted) {
        String account = wanted.serviceAccount() == null ? ourselves(wanted) : qualified(wanted.serviceAccount());
        int colon = account.indexOf(':');
        String path = "/api/v1/namespaces/" + CallSpec.encode(account.substring(0, colon)) + "/serviceaccounts/"
                + CallSpec.encode(account.substring(colon + 1)) + "/token";
        Map<String, Object> request = Map.of(
                "apiVersion",
                "authentication.k8s.io/v1",
                "kind",
                "TokenRequest",
                "spec",
                Map.of("audiences", List.of(wanted.audience()), "expirationSeconds", SECONDS));
        Map<String, Object> status = ask(
                wanted,
                path,
                request,
                "it needs create on serviceaccounts/token of " + account.replace(':', '/')
                        + ": let the cluster's administrator grant it, or mount a projected token for this audience "
                        + "and use CredentialsProvider.tokenFile(its path)");
        if (status.get("token") instanceof String token && status.get("expirationTimestamp") instanceof String end) {
            try {
                return new Issued(new Credential.Token("Bearer", token, Instant.parse(end)));
            } catch (DateTimeParseException e) {
                throw new InvalidResponseException(wanted.describe() + " ends at '" + end + "', which is no time", e);
            }
        }
        throw new InvalidResponseException(
                wanted.describe() + ": the answer of " + target.server() + " holds no token", null);
    }

    /** Asks who we are. */
    private String ourselves(ClusterCredentials.Token wanted) {
        Map<String, Object> status = ask(
                wanted,
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview"),
                "it was asked who we are, which clusters before 1.28 do not tell: name the account, "
                        + "kubernetesToken(audience, serviceAccount)");
        String name = String.valueOf(KubeCalls.asObject(status.get("userInfo")).get("username"));
        if (!name.startsWith(ACCOUNT)) {
            throw new ConfigurationException(wanted.describe() + " cannot be asked for: to " + target.server()
                    + " we are '" + name + "', which is no service account; "
                    + "name one, kubernetesToken(audience, serviceAccount)");
        }
        return name.substring(ACCOUNT.length());
    }

    private Map<String, Object> ask(
            ClusterCredentials.Token wanted, String path, Map<String, Object> question, String remedy) {
        try {
            return KubeCalls.asObject(
                    cluster.ask("service account token", path, question).get("status"));
        } catch (ServiceException e) {
            if (e.retryable()) {
                throw e;
            }
            throw new ConfigurationException(
                    wanted.describe() + " is refused by " + target.server() + " (" + e.status() + ": " + e.reason()
                            + "); " + remedy,
                    e);
        }
    }
}
