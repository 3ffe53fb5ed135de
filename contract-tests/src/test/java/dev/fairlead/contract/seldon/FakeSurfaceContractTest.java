package dev.fairlead.contract.seldon;

import dev.fairlead.support.RanOn;
import java.util.List;

@RanOn("fake")
class FakeSurfaceContractTest extends SurfaceContract {
    @Override
    SeldonContract.Place open() {
        return FakeSeldonContractTest.place("seldon-surface");
    }

    @Override
    List<String> served() {
        return List.of("Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget");
    }
}
