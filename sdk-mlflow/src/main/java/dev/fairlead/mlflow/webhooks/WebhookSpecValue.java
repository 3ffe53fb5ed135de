package dev.fairlead.mlflow.webhooks;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class WebhookSpecValue implements WebhookSpec, Problems.Checked {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,60}[A-Za-z0-9])?");

    @Override
    @Value.Redacted
    public abstract Optional<String> secret();

    @Override
    @Value.Default
    public String description() {
        return "";
    }

    @Override
    @Value.Default
    public WebhookStatus status() {
        return WebhookStatus.ACTIVE;
    }

    @Override
    public WebhookSpec.Builder toBuilder() {
        return ImmutableWebhookSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireText("name", name())) {
            name(at, name());
        }
        if (at.requireSet("url", url())) {
            url(at, url());
        }
        at.require(!events().isEmpty(), "events", "must name at least one", "none");
        secret().ifPresent(s -> secret(at, s));
    }

    static void name(Problems at, String name) {
        at.require(
                NAME.matcher(name).matches(),
                "name",
                "must be up to 62 letters, digits, '.', '_' and '-', with a letter or digit at both ends",
                name);
    }

    static void url(Problems at, URI url) {
        at.require(
                url.isAbsolute() && url.getHost() != null, "url", "must be an address such as https://host/path", url);
    }

    /** The server takes an empty secret for none, and would send unsigned. */
    static void secret(Problems at, String secret) {
        at.require(!secret.isBlank(), "secret", "must not be blank", "a blank text");
    }

    abstract static class Builder extends ValueBuilder<WebhookSpecValue> implements WebhookSpec.Builder {}
}
