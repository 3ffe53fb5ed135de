package dev.fairlead.contract.seldon;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.mlflow.FakeMlflow;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;

@RanOn("fake")
class FakeRegistryToServingTest extends RegistryToServingContract {
    private final FakeMlflow fake = FakeMlflow.start();

    @Override
    SeldonContract.Place open() {
        return FakeSeldonContractTest.place("seldon-registry");
    }

    @Override
    URI mlflow() {
        return fake.uri();
    }

    @AfterAll
    void close() {
        fake.close();
    }
}
