package dev.fairlead.mlflow.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Holds a webhook as the server described it when it was read. Its secret is never told. */
public interface Webhook {
    /** Returns its id. */
    String id();

    /** Returns its name; several may have the same. */
    String name();

    /** Returns its description; empty where there is none. */
    String description();

    /** Returns the address that events are posted to. */
    URI url();

    /** Returns the events it is told of. */
    Set<WebhookEvent> events();

    /** Returns whether it is served. */
    WebhookStatus status();

    /** Returns when it was made. */
    Optional<Instant> createdAt();

    /** Returns when it was changed last. */
    Optional<Instant> updatedAt();

    /** Starts a webhook value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableWebhook.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a webhook value. Not thread-safe. */
    interface Builder {
        /** Sets its id; mandatory. */
        Builder id(String id);

        /** Sets its name; mandatory. */
        Builder name(String name);

        /** Sets its description. */
        Builder description(String description);

        /** Sets its address; mandatory. */
        Builder url(URI url);

        /** Replaces its events. */
        Builder events(Iterable<? extends WebhookEvent> events);

        /** Adds an event. */
        Builder addEvent(WebhookEvent event);

        /** Sets whether it is served. */
        Builder status(WebhookStatus status);

        /** Sets when it was made. */
        Builder createdAt(Instant instant);

        /** Sets when it was changed last. */
        Builder updatedAt(Instant instant);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Webhook build();
    }
}
