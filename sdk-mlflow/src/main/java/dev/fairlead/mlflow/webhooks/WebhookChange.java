package dev.fairlead.mlflow.webhooks;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Describes what is to change about a webhook; what is not set stays. */
public interface WebhookChange {
    /** Returns the new name. */
    Optional<String> name();

    /** Returns the new address. */
    Optional<URI> url();

    /** Returns the new events; empty leaves them. */
    Set<WebhookEvent> events();

    /** Returns the new secret; never shown in {@code toString()}. */
    Optional<String> secret();

    /** Returns the new description. */
    Optional<String> description();

    /** Returns whether it is to be served. */
    Optional<WebhookStatus> status();

    /** Starts a change. */
    static Builder builder() {
        return ImmutableWebhookChange.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a change. Not thread-safe. */
    interface Builder {
        /** Sets the new name. */
        Builder name(String name);

        /** Sets the new address. */
        Builder url(URI url);

        /** Sets the new address. */
        default Builder url(String url) {
            return url(URI.create(url));
        }

        /** Sets the new events, all of them. */
        Builder events(Iterable<? extends WebhookEvent> events);

        /** Adds to the new events; those the webhook has now are not kept. */
        Builder addEvent(WebhookEvent event);

        /** Sets the new secret; let receivers know both for a while, see {@link WebhookVerifier.Builder#addSecret}. */
        Builder secret(String secret);

        /** Sets the new description. */
        Builder description(String description);

        /** Sets whether it is to be served. */
        Builder status(WebhookStatus status);

        /** Makes the change, or throws {@link dev.fairlead.error.InvalidValueException}. */
        WebhookChange build();
    }
}
