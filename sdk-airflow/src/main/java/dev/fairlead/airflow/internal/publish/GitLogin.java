package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.GitPlace;
import dev.fairlead.credentials.Credential;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** Gives JGit our credentials, and says what its failures mean. */
final class GitLogin {
    /** Hosts of repositories take a token as a password, and mostly any user. */
    private static final String TOKEN_USER = "oauth2";

    private GitLogin() {}

    static Optional<CredentialsProvider> of(GitPlace place) {
        return place.credentials().resolve(URI.create(place.uri())).flatMap(GitLogin::login);
    }

    private static Optional<CredentialsProvider> login(Credential credential) {
        if (credential instanceof Credential.Basic basic) {
            return Optional.of(new UsernamePasswordCredentialsProvider(basic.username(), basic.password()));
        }
        if (credential instanceof Credential.Token token) {
            return Optional.of(new UsernamePasswordCredentialsProvider(TOKEN_USER, token.value()));
        }
        return Optional.empty();
    }

    static RuntimeException failed(GitPlace place, String what, Exception e) {
        String reason = String.valueOf(e.getMessage());
        String remedy = "check its address and the network";
        if (reason.contains("not authorized")
                || reason.contains("Authentication")
                || reason.contains("no CredentialsProvider")) {
            remedy =
                    "set airflow.dags-username and airflow.dags-password, or airflow.dags-token, to who may push there";
        } else if (reason.contains("not permitted")) {
            remedy = "let this user write there, or set another with airflow.dags-username or airflow.dags-token";
        } else if (reason.contains("SshSessionFactory") || reason.contains("ssh")) {
            remedy =
                    "for SSH add org.eclipse.jgit:org.eclipse.jgit.ssh.apache to the class path, and a key that may push";
        } else if (reason.contains("not found") || reason.contains("does not exist")) {
            remedy = "check its address, and that this user may see it";
        }
        return OurFile.refusal(place.uri(), " " + what + ": " + reason + "; " + remedy, e);
    }
}
