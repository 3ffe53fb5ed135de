package dev.fairlead.inference;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ServerMetadataValue implements ServerMetadata, Problems.Checked {
    @Override
    @Value.Default
    public String version() {
        return "";
    }

    @Override
    public ServerMetadata.Builder toBuilder() {
        return ImmutableServerMetadata.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("name", name());
    }

    abstract static class Builder extends ValueBuilder<ServerMetadataValue> implements ServerMetadata.Builder {}
}
