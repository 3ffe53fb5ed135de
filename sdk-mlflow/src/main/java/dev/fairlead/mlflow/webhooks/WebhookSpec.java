package dev.fairlead.mlflow.webhooks;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Describes a webhook to be made. */
public interface WebhookSpec {
    /** Returns its name. */
    String name();

    /** Returns the address that events are posted to. */
    URI url();

    /** Returns the events it is told of. */
    Set<WebhookEvent> events();

    /** Returns the secret that deliveries are signed with; never shown in {@code toString()}. */
    Optional<String> secret();

    /** Returns its description; empty by default. */
    String description();

    /** Returns whether it is served; active by default. */
    WebhookStatus status();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableWebhookSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets its name; mandatory. Up to 62 letters, digits, dots, underscores and hyphens, letters or digits at the ends. */
        Builder name(String name);

        /** Sets the address that events are posted to; mandatory. Servers take public https addresses only, unless set otherwise. */
        Builder url(URI url);

        /** Sets the address that events are posted to. */
        default Builder url(String url) {
            return url(URI.create(url));
        }

        /** Replaces the events it is told of; at least one. */
        Builder events(Iterable<? extends WebhookEvent> events);

        /** Adds an event it is told of. */
        Builder addEvent(WebhookEvent event);

        /**
         * Sets the secret that deliveries are signed with, for {@link WebhookVerifier}. A server without
         * {@code MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY} cannot read it again after a restart.
         */
        Builder secret(String secret);

        /** Sets its description. */
        Builder description(String description);

        /** Sets whether it is served. */
        Builder status(WebhookStatus status);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        WebhookSpec build();
    }
}
