package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.kube.FakeKube;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@RanOn("fake")
class FakeConfigMapTest extends ConfigMapContract {
    private static FakeKube fake;

    @BeforeAll
    static void start() {
        fake = FakeKube.start();
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
