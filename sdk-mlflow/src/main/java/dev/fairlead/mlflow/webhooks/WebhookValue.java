package dev.fairlead.mlflow.webhooks;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class WebhookValue implements Webhook, Problems.Checked {
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
    public Webhook.Builder toBuilder() {
        return ImmutableWebhook.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("id", id());
        at.requireText("name", name());
        at.requireSet("url", url());
    }

    abstract static class Builder extends ValueBuilder<WebhookValue> implements Webhook.Builder {}
}
