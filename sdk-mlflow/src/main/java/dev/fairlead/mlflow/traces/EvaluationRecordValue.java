package dev.fairlead.mlflow.traces;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class EvaluationRecordValue implements EvaluationRecord, Problems.Checked {
    @Override
    public EvaluationRecord.Builder toBuilder() {
        return ImmutableEvaluationRecord.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.require(!inputs().isEmpty(), "inputs", "must hold something", "none");
        source().ifPresent(s -> at.requireText("source.type", s.type()));
    }

    abstract static class Builder extends ValueBuilder<EvaluationRecordValue> implements EvaluationRecord.Builder {}
}
