package dev.fairlead.mlflow.webhooks;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.Optional;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class WebhookChangeValue implements WebhookChange, Problems.Checked {
    @Override
    @Value.Redacted
    public abstract Optional<String> secret();

    @Override
    public WebhookChange.Builder toBuilder() {
        return ImmutableWebhookChange.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        name().ifPresent(n -> WebhookSpecValue.name(at, n));
        url().ifPresent(u -> WebhookSpecValue.url(at, u));
        secret().ifPresent(s -> WebhookSpecValue.secret(at, s));
    }

    abstract static class Builder extends ValueBuilder<WebhookChangeValue> implements WebhookChange.Builder {}
}
