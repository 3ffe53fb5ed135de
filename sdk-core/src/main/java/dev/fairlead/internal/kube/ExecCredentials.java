package dev.fairlead.internal.kube;

import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.internal.kube.ExecPlugin.ExecResult;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** Gives what a credential plugin answered, for as long as it says it is good. */
final class ExecCredentials implements CredentialsProvider {
    private final String description;
    private final Refreshing<ExecResult> kept;

    ExecCredentials(String description, ExecPlugin plugin, Clock clock) {
        this.description = description;
        this.kept = new Refreshing<>("the credential plugin", clock, () -> run(plugin));
    }

    private static ExecResult run(ExecPlugin plugin) {
        ExecResult result = plugin.run();
        if (result.certificate() != null) {
            KubeTls.check(result); // here, for in the middle of a handshake nobody could say so
        }
        return result;
    }

    @Override
    public Optional<Credential> resolve(URI target) {
        return kept.get().credential();
    }

    /** Returns the certificate that the plugin gave last, if it gave one. */
    Optional<ExecResult> certificate() {
        return kept.peek().filter(result -> result.certificate() != null);
    }

    @Override
    public void refused(Credential credential) {
        kept.drop(credential);
    }

    @Override
    public String describe() {
        return description;
    }
}
