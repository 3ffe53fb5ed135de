package dev.fairlead.contract.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.error.PermissionException;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RanOn("kubernetes 1.36.3")
class RealKubeContractIT extends KubeContract {
    @Override
    Path kubeconfig() {
        return RealServers.kubernetes().admin().kubeconfig();
    }

    @Test
    void get_byOneWhoMayNot_namesWhoAndWhatAndTheRemedy() {
        Path outsider = RealServers.kubernetes().outsider().kubeconfig();
        try (MlPlatform theirs = MlPlatform.builder().kubeconfig(outsider).build()) {
            assertThatThrownBy(() -> PlatformSpi.of(theirs).kube().get(Kind.POD, ns, "p"))
                    .isInstanceOf(PermissionException.class)
                    .hasMessageContaining(
                            "403 Forbidden: pods \"p\" is forbidden: User \"outsider\" cannot get resource \"pods\"")
                    .hasMessageContaining("let the cluster's administrator grant it");
        }
    }

    @Test
    void create_byOneWhoMayOnlyRead_isRefusedAndReadingIsNot() {
        Path viewer = RealServers.kubernetes().viewer().kubeconfig();
        try (MlPlatform theirs =
                MlPlatform.builder().kubeconfig(viewer).namespace(ns).build()) {
            KubeAccess access = PlatformSpi.of(theirs).kube();
            assertThat(access.list(Kind.CONFIG_MAP, ns, null).stream().toList()).isNotNull();
            assertThatThrownBy(() -> access.create(Kind.CONFIG_MAP, Map.of("metadata", Map.of("name", "a"))))
                    .isInstanceOf(PermissionException.class);
        }
    }
}
