package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.time.Instant;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class RunValue implements Run, Problems.Checked {
    @Override
    @Value.Default
    public String name() {
        return "";
    }

    @Override
    @Value.Default
    public RunStatus status() {
        return RunStatus.RUNNING;
    }

    @Override
    @Value.Default
    public LifecycleStage lifecycleStage() {
        return LifecycleStage.ACTIVE;
    }

    @Override
    @Value.Default
    public Instant startTime() {
        return Instant.EPOCH;
    }

    @Override
    @Value.Default
    public String userId() {
        return "";
    }

    @Override
    @Value.Default
    public RunInputs inputs() {
        return RunInputs.NONE;
    }

    @Override
    public Run.Builder toBuilder() {
        return ImmutableRun.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("id", id());
        at.requireText("experimentId", experimentId());
    }

    abstract static class Builder extends ValueBuilder<RunValue> implements Run.Builder {}
}
