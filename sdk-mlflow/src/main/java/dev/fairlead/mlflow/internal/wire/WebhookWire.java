package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Webhooks on the wire. */
public final class WebhookWire {
    private WebhookWire() {}

    /** A webhook. */
    public record Body(
            @Nullable String webhookId,
            @Nullable String name,
            @Nullable String description,
            @Nullable String url,
            @Nullable List<Event> events,
            @Nullable String status,
            @Nullable Long creationTimestamp,
            @Nullable Long lastUpdatedTimestamp) {}

    /** An event; words are in capital letters. */
    public record Event(String entity, String action) {}

    /** An answer that holds one webhook. */
    public record Single(Body webhook) {}

    /** Asks for a new webhook, or for a change of what is set. */
    public record Write(
            @Nullable String name,
            @Nullable String description,
            @Nullable String url,
            @Nullable List<Event> events,
            @Nullable String secret,
            @Nullable String status) {
        @Override
        public String toString() {
            return "Write[" + name + "]";
        }
    }

    /** Asks for a test. */
    public record Test(@Nullable Event event) {}

    /** An answer that holds the result of a test. */
    public record Tested(Result result) {}

    /** How a test ended. */
    public record Result(
            @Nullable Boolean success,
            @Nullable Integer responseStatus,
            @Nullable String responseBody,
            @Nullable String errorMessage) {}

    /** A page. */
    public record Page(
            @Nullable List<Body> webhooks, @Nullable String nextPageToken) {}

    /** What the server posts to a webhook's address. */
    public record Delivery(
            @Nullable String entity,
            @Nullable String action,
            @Nullable String timestamp,
            @Nullable String workspace,
            @Nullable Map<String, Object> data) {}
}
