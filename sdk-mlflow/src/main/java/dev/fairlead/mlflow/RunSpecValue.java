package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.Rules;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class RunSpecValue implements RunSpec, Problems.Checked {
    @Override
    public RunSpec.Builder toBuilder() {
        return ImmutableRunSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        resumeKey().ifPresent(key -> Rules.operationKey(at, "resumeKey", key));
        startTime().ifPresent(t -> at.require(t.toEpochMilli() >= 0, "startTime", "must not lie before 1970", t));
        at.require(
                !tags().containsKey(KEY_TAG), "tags", "must not set " + KEY_TAG + "; set resumeKey instead", KEY_TAG);
        Rules.tags(at, "tags", tags(), Rules.MAX_RUN_TAG);
    }

    abstract static class Builder extends ValueBuilder<RunSpecValue> implements RunSpec.Builder {}
}
