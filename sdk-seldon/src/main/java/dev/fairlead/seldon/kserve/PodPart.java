package dev.fairlead.seldon.kserve;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.ValueBuilder;
import java.util.function.Consumer;

/** The pod a component's builder describes piece by piece. */
final class PodPart {
    private PodTemplate.Builder pod = PodTemplate.builder().mainContainer(ServingComponent.MAIN_CONTAINER);

    void continueFrom(ServingComponent other) {
        other.pod().ifPresent(p -> pod = p.toBuilder());
    }

    PodTemplate change(Consumer<PodTemplate.Builder> changes) {
        changes.accept(pod);
        return ValueBuilder.partOf(pod);
    }
}
