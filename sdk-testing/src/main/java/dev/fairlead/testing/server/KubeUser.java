package dev.fairlead.testing.server;

import java.nio.file.Path;

/**
 * A user of a {@link KubeCluster}.
 *
 * @param name how the API server knows the user
 * @param token the bearer token
 * @param kubeconfig a file with which any client acts as this user
 */
public record KubeUser(String name, String token, Path kubeconfig) {

    /**
     * Returns the name and the file; the token stays out of logs.
     *
     * @return for example {@code KubeUser[admin, /tmp/…/admin.kubeconfig]}
     */
    @Override
    public String toString() {
        return "KubeUser[" + name + ", " + kubeconfig + "]";
    }
}
