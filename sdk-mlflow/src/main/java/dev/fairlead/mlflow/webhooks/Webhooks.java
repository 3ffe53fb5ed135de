package dev.fairlead.mlflow.webhooks;

import dev.fairlead.PagedIterable;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes and finds webhooks, from MLflow 3.3 on. Immutable and thread-safe. */
public interface Webhooks {
    /**
     * Makes a webhook. Names are not unique: when the answer is lost, {@link dev.fairlead.error.TransportException} says so and nothing is
     * sent again; {@link #list()} shows whether it was made. The server serves it within its cache time, a minute by default.
     */
    Webhook create(Consumer<WebhookSpec.Builder> spec);

    /**
     * Reads a webhook.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Webhook get(String id);

    /** Reads a webhook, if there is one. */
    Optional<Webhook> find(String id);

    /** Lists webhooks, newest first. */
    PagedIterable<Webhook> list();

    /** Changes a webhook, and returns it as it is then. */
    Webhook update(String id, Consumer<WebhookChange.Builder> change);

    /** Deletes a webhook. Returns whether it was there. */
    boolean delete(String id);

    /** Lets the server send an example of the webhook's first event, also where the webhook is disabled. */
    WebhookTestResult test(String id);

    /** Lets the server send an example of an event, also one the webhook is not told of. */
    WebhookTestResult test(String id, WebhookEvent event);
}
