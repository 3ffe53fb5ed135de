package dev.fairlead.airflow.dag;

import dev.fairlead.kubernetes.Resources;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class SparkTaskValue extends TaskValue implements SparkTask {
    @Override
    @Value.Default
    public String language() {
        return "Python";
    }

    @Override
    @Value.Default
    public Resources driverResources() {
        return Resources.builder().build();
    }

    @Override
    @Value.Default
    public Resources executorResources() {
        return Resources.builder().build();
    }

    @Override
    @Value.Default
    public int executors() {
        return 1;
    }

    @Override
    @Value.Default
    public boolean keepsApplication() {
        return false;
    }

    @Override
    public SparkTask.Builder toBuilder() {
        return ImmutableSparkTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.of(
                        Stream.ofNullable(mainFile()),
                        arguments().stream(),
                        sparkConf().values().stream(),
                        fields().values().stream())
                .flatMap(s -> s);
    }

    @Override
    void checkKind(Problems at) {
        SparkTaskRules.check(this, at);
    }

    abstract static class Builder extends ValueBuilder<SparkTaskValue> implements SparkTask.Builder {}
}
