package dev.fairlead.contract.kube;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RanOn("kubernetes 1.36.3")
class RealAccountTokensContractIT extends AccountTokensContract {
    private static final String RBAC = "rbac.authorization.k8s.io";

    @Override
    Path kubeconfig() {
        return RealServers.kubernetes().admin().kubeconfig();
    }

    @Override
    void letAskForTokens(String account) {
        Map<String, Object> rule = Map.of(
                "apiGroups", List.of(""), "resources", List.of("serviceaccounts/token"), "verbs", List.of("create"));
        kube.create(
                new Kind(RBAC, "v1", "roles", "Role", true),
                Map.of("metadata", Map.of("name", "tokens"), "rules", List.of(rule)));
        kube.create(
                new Kind(RBAC, "v1", "rolebindings", "RoleBinding", true),
                Map.of(
                        "metadata",
                        Map.of("name", "tokens"),
                        "roleRef",
                        Map.of("apiGroup", RBAC, "kind", "Role", "name", "tokens"),
                        "subjects",
                        List.of(Map.of("kind", "ServiceAccount", "name", account, "namespace", ns))));
    }

    @Test
    void token_forOneWhoMayNotAsk_isRefusedSayingWhatToGrant() {
        URI nowhere = URI.create("http://127.0.0.1:9");
        try (MlPlatform viewer = MlPlatform.builder()
                .kubeconfig(RealServers.kubernetes().viewer().kubeconfig())
                .endpoint(
                        "mlflow",
                        e -> e.uri(nowhere).credentials(CredentialsProvider.kubernetesToken("mlflow", ns + "/trainer")))
                .build()) {
            assertThatThrownBy(
                            () -> PlatformSpi.of(viewer).credentials("mlflow").resolve(nowhere))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("403: serviceaccounts \"trainer\" is forbidden")
                    .hasMessageContaining("it needs create on serviceaccounts/token of " + ns + "/trainer")
                    .hasMessageContaining("CredentialsProvider.tokenFile");
        }
    }
}
