package dev.fairlead.contract.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.kube.FakeKube;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@RanOn("fake")
class FakeKubeObjectsContractTest extends KubeObjectsContract {
    private static FakeKube fake;

    @BeforeAll
    static void start() {
        fake = FakeKube.start().playPods();
        fake.store().upsert(Kind.NODE, Map.of("metadata", Map.of("name", "node-1")));
    }

    @AfterAll
    static void stop() {
        fake.close();
    }

    @Override
    Path kubeconfig() {
        return fake.kubeconfig();
    }
}
