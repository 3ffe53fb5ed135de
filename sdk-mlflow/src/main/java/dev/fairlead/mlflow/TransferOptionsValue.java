package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class TransferOptionsValue implements TransferOptions, Problems.Checked {
    private static final long MIN_PART = 5L << 20;

    @Override
    @Value.Default
    public int parallelism() {
        return 8;
    }

    @Override
    @Value.Default
    public long multipartThreshold() {
        return 64L << 20;
    }

    @Override
    @Value.Default
    public long partSize() {
        return 16L << 20;
    }

    @Override
    @Value.Default
    public WhenSame whenSame() {
        return WhenSame.TRANSFER;
    }

    @Override
    @Value.Default
    public int maxInMemory() {
        return 1 << 30;
    }

    @Override
    public TransferOptions.Builder toBuilder() {
        return ImmutableTransferOptions.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.require(parallelism() >= 1 && parallelism() <= 64, "parallelism", "must be from 1 to 64", parallelism());
        at.require(multipartThreshold() >= 1, "multipartThreshold", "must be positive", multipartThreshold());
        at.require(partSize() >= MIN_PART, "partSize", "must be at least 5 MiB, as stores demand", partSize());
        at.require(maxInMemory() >= 1, "maxInMemory", "must be positive", maxInMemory());
        idleLimit()
                .ifPresent(limit ->
                        at.require(limit.compareTo(Duration.ZERO) > 0, "idleLimit", "must be positive", limit));
    }

    abstract static class Builder extends ValueBuilder<TransferOptionsValue> implements TransferOptions.Builder {}
}
