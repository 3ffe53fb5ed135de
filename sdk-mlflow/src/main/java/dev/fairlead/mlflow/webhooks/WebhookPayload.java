package dev.fairlead.mlflow.webhooks;

import java.time.Instant;
import java.util.Map;

/** Is what an event tells. Texts the server left out are empty. */
public sealed interface WebhookPayload {
    /**
     * A registered model was made.
     *
     * @param name the model's name
     * @param tags its tags
     * @param description its description
     */
    record ModelCreated(String name, Map<String, String> tags, String description) implements WebhookPayload {}

    /**
     * A version of a model was registered.
     *
     * @param name the model's name
     * @param version the version
     * @param source where its files are
     * @param runId the run that made it
     * @param tags its tags
     * @param description its description
     */
    record ModelVersionCreated(
            String name, String version, String source, String runId, Map<String, String> tags, String description)
            implements WebhookPayload {}

    /**
     * A tag of a model version was set.
     *
     * @param name the model's name
     * @param version the version
     * @param key the tag's key
     * @param value the tag's value
     */
    record ModelVersionTagSet(String name, String version, String key, String value) implements WebhookPayload {}

    /**
     * A tag of a model version was removed.
     *
     * @param name the model's name
     * @param version the version
     * @param key the tag's key
     */
    record ModelVersionTagDeleted(String name, String version, String key) implements WebhookPayload {}

    /**
     * An alias was pointed at a model version.
     *
     * @param name the model's name
     * @param alias the alias
     * @param version the version it points at now
     */
    record ModelAliasSet(String name, String alias, String version) implements WebhookPayload {}

    /**
     * An alias of a model was removed.
     *
     * @param name the model's name
     * @param alias the alias
     */
    record ModelAliasDeleted(String name, String alias) implements WebhookPayload {}

    /**
     * A prompt was made.
     *
     * @param name the prompt's name
     * @param tags its tags
     * @param description its description
     */
    record PromptCreated(String name, Map<String, String> tags, String description) implements WebhookPayload {}

    /**
     * A version of a prompt was registered.
     *
     * @param name the prompt's name
     * @param version the version
     * @param template its text, or the JSON of a chat's messages
     * @param tags its tags
     * @param description what changed with it
     */
    record PromptVersionCreated(
            String name, String version, String template, Map<String, String> tags, String description)
            implements WebhookPayload {}

    /**
     * A tag of a prompt was set.
     *
     * @param name the prompt's name
     * @param key the tag's key
     * @param value the tag's value
     */
    record PromptTagSet(String name, String key, String value) implements WebhookPayload {}

    /**
     * A tag of a prompt was removed.
     *
     * @param name the prompt's name
     * @param key the tag's key
     */
    record PromptTagDeleted(String name, String key) implements WebhookPayload {}

    /**
     * A tag of a prompt version was set.
     *
     * @param name the prompt's name
     * @param version the version
     * @param key the tag's key
     * @param value the tag's value
     */
    record PromptVersionTagSet(String name, String version, String key, String value) implements WebhookPayload {}

    /**
     * A tag of a prompt version was removed.
     *
     * @param name the prompt's name
     * @param version the version
     * @param key the tag's key
     */
    record PromptVersionTagDeleted(String name, String version, String key) implements WebhookPayload {}

    /**
     * An alias was pointed at a prompt version.
     *
     * @param name the prompt's name
     * @param alias the alias
     * @param version the version it points at now
     */
    record PromptAliasSet(String name, String alias, String version) implements WebhookPayload {}

    /**
     * An alias of a prompt was removed.
     *
     * @param name the prompt's name
     * @param alias the alias
     */
    record PromptAliasDeleted(String name, String alias) implements WebhookPayload {}

    /**
     * A budget of the gateway was spent.
     *
     * @param policyId the budget's id
     * @param unit what is counted, such as {@code USD}
     * @param amount the limit
     * @param spent what was spent when the limit was passed
     * @param durationUnit the unit of the period, such as {@code MONTHS}
     * @param durationValue how many units the period has
     * @param scope what the budget is for, such as {@code ENDPOINT}
     * @param target which endpoint or user; empty where it is for all
     * @param windowStart when the period began
     */
    record BudgetExceeded(
            String policyId,
            String unit,
            double amount,
            double spent,
            String durationUnit,
            int durationValue,
            String scope,
            String target,
            Instant windowStart)
            implements WebhookPayload {}

    /**
     * An event that this version does not know.
     *
     * @param data what the server sent, as a tree
     */
    record Unknown(Map<String, Object> data) implements WebhookPayload {}
}
