package dev.fairlead.contract.kube;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.kube.FakeKube;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@RanOn("fake")
class FakeAccountTokensContractTest extends AccountTokensContract {
    private static FakeKube fake;

    @BeforeAll
    static void startFake() {
        fake = FakeKube.start();
    }

    @AfterAll
    static void stopFake() {
        fake.close();
    }

    @Override
    Path kubeconfig() {
        return fake.kubeconfig();
    }

    @Override
    void letAskForTokens(String account) {
        // the fake lets everybody do everything
    }
}
