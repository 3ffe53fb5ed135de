package dev.fairlead.contract.seldon;

import dev.fairlead.support.RanOn;
import java.util.List;

@RanOn("seldon core 1.17.1")
class RealSurfaceContractIT extends SurfaceContract {
    @Override
    SeldonContract.Place open() {
        return RealSeldonContractIT.place("seldon-surface");
    }

    @Override
    List<String> served() {
        return List.of(
                "Deployment",
                "Service",
                "HorizontalPodAutoscaler",
                "PodDisruptionBudget",
                "ScaledObject",
                "VirtualService",
                "DestinationRule",
                "Mapping",
                "TLSContext");
    }
}
