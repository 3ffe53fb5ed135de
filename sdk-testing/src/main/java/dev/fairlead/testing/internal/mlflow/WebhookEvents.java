package dev.fairlead.testing.internal.mlflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which call tells webhooks what. */
final class WebhookEvents {
    /** Every event with the example that a test sends. */
    static final Map<String, Map<String, Object>> EXAMPLES = examples();

    private WebhookEvents() {}

    /** An event with what it tells. */
    record Event(String name, Map<String, Object> data) {}

    static @Nullable Event of(String call, Map<String, Object> fields, ModelTable models) {
        String name = String.valueOf(fields.get("name"));
        boolean prompt = models.isPrompt(name);
        return switch (call) {
            case "POST registered-models/create" ->
                new Event(
                        prompt ? "prompt.created" : "registered_model.created", made(fields, prompt, List.of("name")));
            case "POST model-versions/create" -> version(fields, prompt, models.newest(name));
            case "POST registered-models/set-tag" ->
                prompt ? new Event("prompt_tag.set", pick(fields, "name", "key", "value")) : null;
            case "DELETE registered-models/delete-tag" ->
                prompt ? new Event("prompt_tag.deleted", pick(fields, "name", "key")) : null;
            case "POST model-versions/set-tag" ->
                new Event(kind(prompt) + "_version_tag.set", pick(fields, "name", "version", "key", "value"));
            case "DELETE model-versions/delete-tag" ->
                new Event(kind(prompt) + "_version_tag.deleted", pick(fields, "name", "version", "key"));
            case "POST registered-models/alias" ->
                new Event(alias(prompt) + ".created", pick(fields, "name", "alias", "version"));
            case "DELETE registered-models/alias" ->
                new Event(alias(prompt) + ".deleted", pick(fields, "name", "alias"));
            default -> null;
        };
    }

    private static String kind(boolean prompt) {
        return prompt ? "prompt" : "model";
    }

    private static String alias(boolean prompt) {
        return prompt ? "prompt_alias" : "model_version_alias";
    }

    private static Event version(Map<String, Object> fields, boolean prompt, String number) {
        Map<String, Object> data = made(fields, prompt, prompt ? List.of("name") : List.of("name", "source", "run_id"));
        data.put("version", number);
        if (prompt) {
            Object template = tags(fields).get("mlflow.prompt.text");
            data.put("template", template == null ? "" : template);
        }
        return new Event(prompt ? "prompt_version.created" : "model_version.created", data);
    }

    private static Map<String, Object> made(Map<String, Object> fields, boolean prompt, List<String> keys) {
        Map<String, Object> data = pick(fields, keys.toArray(String[]::new));
        Map<String, Object> tags = tags(fields);
        if (prompt) {
            tags.keySet().removeAll(List.of("mlflow.prompt.is_prompt", "mlflow.prompt.text", "_mlflow_prompt_type"));
        }
        data.put("tags", tags);
        data.put("description", fields.get("description"));
        return data;
    }

    private static Map<String, Object> tags(Map<String, Object> fields) {
        return new LinkedHashMap<>(new Request(fields, 0, () -> "").pairs("tags"));
    }

    private static Map<String, Object> pick(Map<String, Object> fields, String... keys) {
        Map<String, Object> picked = new LinkedHashMap<>();
        for (String key : keys) {
            Object value = fields.get(key);
            picked.put(key, value);
        }
        return picked;
    }

    private static Map<String, Map<String, Object>> examples() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        Map<String, Object> tags = Map.of("example_key", "example_value");
        all.put(
                "registered_model.created",
                example("model", "tags", tags, "description", "An example registered model"));
        all.put(
                "model_version.created",
                example(
                        "model",
                        "version",
                        "1",
                        "source",
                        "models:/123",
                        "run_id",
                        "abcd1234abcd5678",
                        "tags",
                        tags,
                        "description",
                        "An example model version"));
        all.put("prompt.created", example("prompt", "tags", tags, "description", "An example prompt"));
        all.put(
                "prompt_version.created",
                example(
                        "prompt",
                        "version",
                        "1",
                        "template",
                        "Hello {{name}}!",
                        "tags",
                        tags,
                        "description",
                        "An example prompt version"));
        all.put("prompt_tag.set", example("prompt", "key", "example_key", "value", "example_value"));
        all.put("prompt_tag.deleted", example("prompt", "key", "example_key"));
        for (String kind : List.of("model", "prompt")) {
            all.put(
                    kind + "_version_tag.set",
                    example(kind, "version", "1", "key", "example_key", "value", "example_value"));
            all.put(kind + "_version_tag.deleted", example(kind, "version", "1", "key", "example_key"));
            String alias = alias(kind.equals("prompt"));
            all.put(alias + ".created", example(kind, "alias", "example_alias", "version", "1"));
            all.put(alias + ".deleted", example(kind, "alias", "example_alias"));
        }
        all.put(
                "budget_policy.exceeded",
                Wire.object(
                        "budget_policy_id",
                        "bp-abc123",
                        "budget_unit",
                        "USD",
                        "budget_amount",
                        100.0,
                        "current_spend",
                        105.5,
                        "duration_unit",
                        "MONTHS",
                        "duration_value",
                        1,
                        "target_scope",
                        "ENDPOINT",
                        "workspace",
                        "default",
                        "target_value",
                        "ep-abc123",
                        "window_start",
                        1704067200000L));
        return all;
    }

    private static Map<String, Object> example(String kind, Object... more) {
        Map<String, Object> example = Wire.object("name", "example_" + kind);
        example.putAll(Wire.object(more));
        return example;
    }
}
