package dev.fairlead.internal.kube;

import dev.fairlead.credentials.CredentialsProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is a cluster, completely described and not yet spoken to. Loads no class of the Kubernetes client.
 *
 * @param server the API server's address, without a slash at the end
 * @param serverSource what set it
 * @param namespace the namespace where none is named
 * @param namespaceSource what set it
 * @param tls whom the line trusts, as whom it presents itself
 * @param proxy the HTTP proxy, or {@code null}
 * @param impersonation {@code Impersonate-*} headers, in the order they are sent; a name may come several times
 * @param credentials where the credentials come from
 * @param credentialsSource what set them
 */
public record KubeTarget(
        URI server,
        String serverSource,
        String namespace,
        String namespaceSource,
        KubeTls tls,
        @Nullable URI proxy,
        List<Map.Entry<String, String>> impersonation,
        CredentialsProvider credentials,
        String credentialsSource) {
    /** Copies the headers. */
    public KubeTarget {
        impersonation = List.copyOf(impersonation);
    }

    /**
     * One line of {@code describe()}.
     *
     * @param name what is set
     * @param value to what, without secrets
     * @param source by whom
     */
    public record Row(String name, String value, String source) {}

    /** Describes where the cluster is and where its credentials come from. */
    public List<Row> describe() {
        return List.of(
                new Row("kubernetes.server", server.toString(), serverSource),
                new Row("kubernetes.namespace", namespace, namespaceSource),
                new Row("kubernetes credentials", credentials.describe() + impersonated(), credentialsSource));
    }

    private String impersonated() {
        return impersonation.stream()
                .filter(header -> header.getKey().equals("Impersonate-User"))
                .map(header -> ", acting as " + header.getValue())
                .findFirst()
                .orElse("");
    }
}
