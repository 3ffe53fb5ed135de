package dev.fairlead.mlflow.internal.webhooks;

import dev.fairlead.mlflow.webhooks.WebhookEvent;
import dev.fairlead.mlflow.webhooks.WebhookPayload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes payloads of what the server sent. */
final class Payloads {
    private final Map<String, Object> data;

    private Payloads(Map<String, Object> data) {
        this.data = data;
    }

    static WebhookPayload of(WebhookEvent event, Map<String, Object> data) {
        Payloads p = new Payloads(data);
        return event.entity().startsWith("prompt") ? p.prompt(event) : p.model(event);
    }

    private WebhookPayload model(WebhookEvent event) {
        return switch (event.value()) {
            case "registered_model.created" ->
                new WebhookPayload.ModelCreated(text("name"), tags(), text("description"));
            case "model_version.created" ->
                new WebhookPayload.ModelVersionCreated(
                        text("name"), text("version"), text("source"), text("run_id"), tags(), text("description"));
            case "model_version_tag.set" ->
                new WebhookPayload.ModelVersionTagSet(text("name"), text("version"), text("key"), text("value"));
            case "model_version_tag.deleted" ->
                new WebhookPayload.ModelVersionTagDeleted(text("name"), text("version"), text("key"));
            case "model_version_alias.created" ->
                new WebhookPayload.ModelAliasSet(text("name"), text("alias"), text("version"));
            case "model_version_alias.deleted" -> new WebhookPayload.ModelAliasDeleted(text("name"), text("alias"));
            case "budget_policy.exceeded" -> budget();
            default -> new WebhookPayload.Unknown(Map.copyOf(data));
        };
    }

    private WebhookPayload prompt(WebhookEvent event) {
        return switch (event.value()) {
            case "prompt.created" -> new WebhookPayload.PromptCreated(text("name"), tags(), text("description"));
            case "prompt_version.created" ->
                new WebhookPayload.PromptVersionCreated(
                        text("name"), text("version"), text("template"), tags(), text("description"));
            case "prompt_tag.set" -> new WebhookPayload.PromptTagSet(text("name"), text("key"), text("value"));
            case "prompt_tag.deleted" -> new WebhookPayload.PromptTagDeleted(text("name"), text("key"));
            case "prompt_version_tag.set" ->
                new WebhookPayload.PromptVersionTagSet(text("name"), text("version"), text("key"), text("value"));
            case "prompt_version_tag.deleted" ->
                new WebhookPayload.PromptVersionTagDeleted(text("name"), text("version"), text("key"));
            case "prompt_alias.created" ->
                new WebhookPayload.PromptAliasSet(text("name"), text("alias"), text("version"));
            case "prompt_alias.deleted" -> new WebhookPayload.PromptAliasDeleted(text("name"), text("alias"));
            default -> new WebhookPayload.Unknown(Map.copyOf(data));
        };
    }

    private WebhookPayload budget() {
        return new WebhookPayload.BudgetExceeded(
                text("budget_policy_id"),
                text("budget_unit"),
                number("budget_amount").doubleValue(),
                number("current_spend").doubleValue(),
                text("duration_unit"),
                number("duration_value").intValue(),
                text("target_scope"),
                text("target_value"),
                Instant.ofEpochMilli(number("window_start").longValue()));
    }

    private String text(String key) {
        Object value = data.get(key);
        return value == null ? "" : String.valueOf(value);
    }

    private Number number(String key) {
        return data.get(key) instanceof Number number ? number : 0;
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        if (data.get("tags") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> tags.put(String.valueOf(key), value == null ? "" : String.valueOf(value)));
        }
        return Map.copyOf(tags);
    }
}
