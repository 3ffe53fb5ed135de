package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.OptionalInt;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class NodeEndpointValue implements NodeEndpoint, Problems.Checked {
    private static final int LAST_PORT = 65535;

    @Override
    public NodeEndpoint.Builder toBuilder() {
        return ImmutableNodeEndpoint.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        type().ifPresent(type -> at.require(type.isKnown(), "type", "must be REST or GRPC", type));
        checkPort(at, "service_port", servicePort());
        checkPort(at, "httpPort", httpPort());
        checkPort(at, "grpcPort", grpcPort());
    }

    private static void checkPort(Problems at, String field, OptionalInt port) {
        port.ifPresent(p -> at.require(p >= 0 && p <= LAST_PORT, field, "must be a port", p));
    }

    abstract static class Builder extends ValueBuilder<NodeEndpointValue> implements NodeEndpoint.Builder {}
}
