package dev.fairlead.mlflow.webhooks;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.util.List;
import java.util.Locale;

/**
 * Says what happened, to what.
 *
 * @param entity the server's word for what it happened to, in small letters, such as {@code model_version}
 * @param action the server's word for what happened, in small letters, such as {@code created}
 */
public record WebhookEvent(String entity, String action) {
    /** A registered model was made. */
    public static final WebhookEvent REGISTERED_MODEL_CREATED = new WebhookEvent("registered_model", "created");

    /** A version of a model was registered. */
    public static final WebhookEvent MODEL_VERSION_CREATED = new WebhookEvent("model_version", "created");

    /** A tag of a model version was set. */
    public static final WebhookEvent MODEL_VERSION_TAG_SET = new WebhookEvent("model_version_tag", "set");

    /** A tag of a model version was removed. */
    public static final WebhookEvent MODEL_VERSION_TAG_DELETED = new WebhookEvent("model_version_tag", "deleted");

    /** An alias was pointed at a model version, for the first time or from another. */
    public static final WebhookEvent MODEL_VERSION_ALIAS_CREATED = new WebhookEvent("model_version_alias", "created");

    /** An alias of a model was removed. */
    public static final WebhookEvent MODEL_VERSION_ALIAS_DELETED = new WebhookEvent("model_version_alias", "deleted");

    /** A prompt was made. */
    public static final WebhookEvent PROMPT_CREATED = new WebhookEvent("prompt", "created");

    /** A version of a prompt was registered. */
    public static final WebhookEvent PROMPT_VERSION_CREATED = new WebhookEvent("prompt_version", "created");

    /** A tag of a prompt was set. */
    public static final WebhookEvent PROMPT_TAG_SET = new WebhookEvent("prompt_tag", "set");

    /** A tag of a prompt was removed. */
    public static final WebhookEvent PROMPT_TAG_DELETED = new WebhookEvent("prompt_tag", "deleted");

    /** A tag of a prompt version was set. */
    public static final WebhookEvent PROMPT_VERSION_TAG_SET = new WebhookEvent("prompt_version_tag", "set");

    /** A tag of a prompt version was removed. */
    public static final WebhookEvent PROMPT_VERSION_TAG_DELETED = new WebhookEvent("prompt_version_tag", "deleted");

    /** An alias was pointed at a prompt version, for the first time or from another. */
    public static final WebhookEvent PROMPT_ALIAS_CREATED = new WebhookEvent("prompt_alias", "created");

    /** An alias of a prompt was removed. */
    public static final WebhookEvent PROMPT_ALIAS_DELETED = new WebhookEvent("prompt_alias", "deleted");

    /** A budget of the gateway was spent. */
    public static final WebhookEvent BUDGET_POLICY_EXCEEDED = new WebhookEvent("budget_policy", "exceeded");

    /** Writes both words in small letters. */
    public WebhookEvent {
        entity = entity.toLowerCase(Locale.ROOT);
        action = action.toLowerCase(Locale.ROOT);
    }

    /** Wraps the server's word {@code entity.action}, also one that this version does not know. */
    public static WebhookEvent of(String value) {
        int dot = value.indexOf('.');
        if (dot <= 0 || dot == value.length() - 1) {
            throw new InvalidValueException(
                    "webhook event",
                    List.of(new Problem("event", "must be entity.action, such as prompt.created", "'" + value + "'")));
        }
        return new WebhookEvent(value.substring(0, dot), value.substring(dot + 1));
    }

    /** Returns the server's word {@code entity.action}. */
    public String value() {
        return entity + "." + action;
    }

    @Override
    public String toString() {
        return value();
    }
}
