package dev.fairlead.mlflow.webhooks;

/**
 * Says whether a webhook is served.
 *
 * @param value the server's word
 */
public record WebhookStatus(String value) {
    /** Events are sent to it. */
    public static final WebhookStatus ACTIVE = new WebhookStatus("ACTIVE");

    /** Nothing is sent to it. */
    public static final WebhookStatus DISABLED = new WebhookStatus("DISABLED");

    /** Wraps the server's word, also one that this version does not know. */
    public static WebhookStatus of(String value) {
        return new WebhookStatus(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
