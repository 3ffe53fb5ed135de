package dev.fairlead.contract.seldon;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.MlPlatform;
import dev.fairlead.contract.Crds;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** With KServe's own definition of its kind; pods are run by the cluster. */
@RanOn("kubernetes 1.36.3")
class RealKServeContractIT extends KServeContract {
    private static final String CRD =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/inferenceservices.serving.kserve.io";

    @Override
    MlPlatform open(String namespace) {
        KubeCluster cluster = RealServers.kubernetes();
        install(cluster);
        cluster.apply(
                "/api/v1/namespaces/" + namespace,
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + namespace + "\"}}");
        return MlPlatform.builder()
                .kubeconfig(cluster.kubeconfig())
                .namespace(namespace)
                .build();
    }

    /** Gives the cluster KServe's own definition of its kind, if it is here. */
    static void install(KubeCluster cluster) {
        Optional<Path> definition = Crds.find("kserve/inferenceservices.yaml");
        assumeTrue(definition.isPresent(), "KServe's definition is not here: crds/kserve/inferenceservices.yaml");
        try {
            cluster.apply(CRD, Files.readString(definition.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (cluster.get("/apis/serving.kserve.io/v1beta1/inferenceservices").isEmpty()
                && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @Override
    void run(KubeAccess kube, String namespace, String deployment) {
        // the cluster's controllers do
    }
}
