package dev.fairlead.internal.kube;

import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.internal.config.Settings;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What the program said about the cluster, and the settings around it. What is {@code null} is left to those.
 *
 * @param kubeconfig the kubeconfig named in the program, or {@code null}
 * @param context the context named in the program, or {@code null}
 * @param namespace the namespace named in the program, or {@code null}
 * @param credentials the credentials given in the program, or {@code null}
 * @param settings the settings around
 * @param clock tells when credentials end
 * @param serviceAccount the folder that a pod's service account is mounted at
 */
public record KubeSettings(
        @Nullable Path kubeconfig,
        @Nullable String context,
        @Nullable String namespace,
        @Nullable CredentialsProvider credentials,
        Settings settings,
        Clock clock,
        Path serviceAccount) {
    /** Where pods find their service account. */
    public static final Path POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
}
