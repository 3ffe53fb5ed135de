package dev.fairlead.config;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class EndpointValue implements Endpoint, Problems.Checked {
    @Override
    public Endpoint.Builder toBuilder() {
        return ImmutableEndpoint.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        uri().ifPresent(u -> checkUri(at, "uri", u));
        proxy().ifPresent(u -> checkUri(at, "proxy", u));
        at.require(
                clientCertificate().isPresent() == clientKey().isPresent(),
                "clientKey",
                "must be set together with clientCertificate",
                clientKey().orElse(null));
        timeout().ifPresent(t -> at.require(!t.isNegative() && !t.isZero(), "timeout", "must be longer than zero", t));
    }

    private static void checkUri(Problems at, String field, URI uri) {
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (at.require(http && uri.getHost() != null, field, "must be an http or https address with a host", uri)) {
            at.require(uri.getUserInfo() == null, field, "must not hold a user; set credentials instead", "***");
        }
    }

    abstract static class Builder extends ValueBuilder<EndpointValue> implements Endpoint.Builder {}
}
