package dev.fairlead.seldon.core2;

import dev.fairlead.ModelSource;
import dev.fairlead.seldon.internal.kube.ModelLabels;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.stream.Collectors;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SeldonModelValue implements SeldonModel, Problems.Checked {
    @Override
    @Value.Default
    public boolean preloaded() {
        return false;
    }

    @Override
    @Value.Default
    public boolean dedicated() {
        return false;
    }

    @Override
    public SeldonModel.Builder toBuilder() {
        return ImmutableSeldonModel.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        ModelRules.check(this, at);
    }

    @Override
    public String toString() {
        return Core2Rules.title(this) + " " + storageUri()
                + modelType().stream().map(type -> " " + type).collect(Collectors.joining())
                + (requirements().isEmpty() ? "" : " requires " + requirements()) + "]";
    }

    abstract static class Builder extends ValueBuilder<SeldonModelValue> implements SeldonModel.Builder {
        @Override
        public SeldonModel.Builder model(ModelSource source) {
            ModelLabels.put(source, this::putLabel, this::putAnnotation);
            return storageUri(source.storageUri());
        }
    }
}
