package dev.fairlead.mlflow.internal.webhooks;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.Decode;
import dev.fairlead.mlflow.internal.DistinctPages;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.mlflow.internal.wire.WebhookWire;
import dev.fairlead.mlflow.webhooks.Webhook;
import dev.fairlead.mlflow.webhooks.WebhookChange;
import dev.fairlead.mlflow.webhooks.WebhookEvent;
import dev.fairlead.mlflow.webhooks.WebhookSpec;
import dev.fairlead.mlflow.webhooks.WebhookStatus;
import dev.fairlead.mlflow.webhooks.WebhookTestResult;
import dev.fairlead.mlflow.webhooks.Webhooks;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Pages;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Webhooks on the server. */
public final class DefaultWebhooks implements Webhooks {
    private static final String PATH = "2.0/mlflow/webhooks";
    private static final int PAGE = 500;

    private final Api api;

    /** Creates the webhooks of a server. */
    public DefaultWebhooks(Api api) {
        this.api = api;
    }

    private <T> CallSpec.Builder<T> call(
            String operation, String method, String id, String rest, @Nullable Object body, Class<T> type) {
        api.require("webhooks", "3.3");
        String path = id.isEmpty() ? PATH : PATH + "/" + CallSpec.encode(id);
        return api.call(operation, method, path + rest, body, type);
    }

    @Override
    public Webhook create(Consumer<WebhookSpec.Builder> change) {
        WebhookSpec.Builder builder = WebhookSpec.builder();
        change.accept(builder);
        WebhookSpec spec = builder.build();
        WebhookWire.Write body = new WebhookWire.Write(
                spec.name(),
                spec.description().isEmpty() ? null : spec.description(),
                spec.url().toString(),
                wire(spec.events()),
                spec.secret().orElse(null),
                spec.status().value());
        return webhook(api.send(call("webhooks/create", "POST", "", "", body, WebhookWire.Single.class)));
    }

    private static List<WebhookWire.Event> wire(Collection<WebhookEvent> events) {
        return events.stream().map(DefaultWebhooks::wire).toList();
    }

    private static WebhookWire.Event wire(WebhookEvent event) {
        return new WebhookWire.Event(
                event.entity().toUpperCase(Locale.ROOT), event.action().toUpperCase(Locale.ROOT));
    }

    @Override
    public Webhook get(String id) {
        return webhook(api.send(call("webhooks/get", "GET", id, "", null, WebhookWire.Single.class)
                .repeatable()));
    }

    @Override
    public Optional<Webhook> find(String id) {
        try {
            return Optional.of(get(id));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public PagedIterable<Webhook> list() {
        PagedIterable<Webhook> pages = Pages.of("mlflow webhooks", token -> {
            WebhookWire.Page page = api.send(call("webhooks/list", "GET", "", "", null, WebhookWire.Page.class)
                    .repeatable()
                    .query("max_results", PAGE)
                    .query("page_token", token));
            return new Page<>(
                    Decode.list(page.webhooks()).stream()
                            .map(DefaultWebhooks::decode)
                            .toList(),
                    page.nextPageToken());
        });
        return new DistinctPages<>(pages, Webhook::id);
    }

    @Override
    public Webhook update(String id, Consumer<WebhookChange.Builder> changes) {
        WebhookChange.Builder builder = WebhookChange.builder();
        changes.accept(builder);
        WebhookChange change = builder.build();
        WebhookWire.Write body = new WebhookWire.Write(
                change.name().orElse(null),
                change.description().orElse(null),
                change.url().map(URI::toString).orElse(null),
                change.events().isEmpty() ? null : wire(change.events()),
                change.secret().orElse(null),
                change.status().map(WebhookStatus::value).orElse(null));
        return webhook(api.send(call("webhooks/update", "PATCH", id, "", body, WebhookWire.Single.class)
                .repeatable()));
    }

    @Override
    public boolean delete(String id) {
        try {
            ServerWire.Empty unused = api.send(call("webhooks/delete", "DELETE", id, "", null, ServerWire.Empty.class)
                    .repeatable());
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    @Override
    public WebhookTestResult test(String id) {
        return test(id, new WebhookWire.Test(null));
    }

    @Override
    public WebhookTestResult test(String id, WebhookEvent event) {
        return test(id, new WebhookWire.Test(wire(event)));
    }

    private WebhookTestResult test(String id, WebhookWire.Test body) {
        WebhookWire.Result result = api.send(call("webhooks/test", "POST", id, "/test", body, WebhookWire.Tested.class))
                .result();
        return new WebhookTestResult(
                Boolean.TRUE.equals(result.success()),
                Objects.requireNonNullElse(result.responseStatus(), 0),
                Objects.requireNonNullElse(result.responseBody(), ""),
                Objects.requireNonNullElse(result.errorMessage(), ""));
    }

    private static Webhook webhook(WebhookWire.Single wire) {
        return decode(wire.webhook());
    }

    private static Webhook decode(WebhookWire.Body wire) {
        return Decode.checked("webhook", () -> {
            Webhook.Builder value = Webhook.builder()
                    .id(Objects.requireNonNull(wire.webhookId(), "webhook_id"))
                    .name(Objects.requireNonNull(wire.name(), "name"))
                    .description(Objects.requireNonNullElse(wire.description(), ""));
            Decode.uri(wire.url()).ifPresent(value::url);
            Decode.list(wire.events()).forEach(e -> value.addEvent(new WebhookEvent(e.entity(), e.action())));
            Decode.text(wire.status()).map(WebhookStatus::of).ifPresent(value::status);
            Decode.time(wire.creationTimestamp()).ifPresent(value::createdAt);
            Decode.time(wire.lastUpdatedTimestamp()).ifPresent(value::updatedAt);
            return value.build();
        });
    }
}
