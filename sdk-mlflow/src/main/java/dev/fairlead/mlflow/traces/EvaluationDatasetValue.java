package dev.fairlead.mlflow.traces;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class EvaluationDatasetValue implements EvaluationDataset, Problems.Checked {
    @Override
    @Value.Default
    public String digest() {
        return "";
    }

    @Override
    public EvaluationDataset.Builder toBuilder() {
        return ImmutableEvaluationDataset.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("id", id());
        at.requireText("name", name());
    }

    abstract static class Builder extends ValueBuilder<EvaluationDatasetValue> implements EvaluationDataset.Builder {}
}
