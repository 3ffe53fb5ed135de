package dev.fairlead.mlflow.internal.prompts;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.JsonTrees;
import dev.fairlead.mlflow.prompts.ChatMessage;
import dev.fairlead.mlflow.prompts.PromptSpec;
import dev.fairlead.mlflow.prompts.PromptTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tags in which a registered model keeps a prompt. */
public final class PromptTags {
    /** Marks a registered model, and each of its versions, as a prompt. */
    static final String IS_PROMPT = "mlflow.prompt.is_prompt";

    private static final String TEXT = "mlflow.prompt.text";
    private static final String KIND = "_mlflow_prompt_type";
    private static final String RESPONSE_FORMAT = "_mlflow_prompt_response_format";
    private static final String MODEL_CONFIG = "_mlflow_prompt_model_config";
    private static final Set<String> RESERVED =
            Set.of(IS_PROMPT, TEXT, KIND, RESPONSE_FORMAT, MODEL_CONFIG, PromptSpec.KEY_TAG);
    /** Hidden, but a caller may set them as Python does. */
    private static final Set<String> HIDDEN =
            Set.of("mlflow.prompt.associatedRunIds", "mlflow.prompt.run_ids", "_mlflow_experiment_ids");

    private PromptTags() {}

    /** Tells whether a tag is kept for the template. */
    public static boolean isReserved(String key) {
        return RESERVED.contains(key);
    }

    /** Returns a template as its tag holds it. */
    public static String stored(PromptTemplate template) {
        if (template instanceof PromptTemplate.Text text) {
            return text.text();
        }
        return Api.JSON.text(((PromptTemplate.Chat) template)
                .messages().stream().map(ChatMessage::toTree).toList());
    }

    /** Returns all tags of a version to be registered. */
    static Map<String, String> of(PromptSpec spec, String key) {
        Map<String, String> tags = new LinkedHashMap<>(spec.tags());
        tags.put(IS_PROMPT, "true");
        tags.put(TEXT, stored(spec.template()));
        tags.put(KIND, spec.template() instanceof PromptTemplate.Chat ? "chat" : "text");
        if (!spec.responseFormat().isEmpty()) {
            tags.put(RESPONSE_FORMAT, Api.JSON.text(spec.responseFormat()));
        }
        if (!spec.modelConfig().isEmpty()) {
            tags.put(MODEL_CONFIG, Api.JSON.text(spec.modelConfig()));
        }
        tags.put(PromptSpec.KEY_TAG, key);
        return tags;
    }

    static boolean isPrompt(Map<String, String> tags) {
        return "true".equalsIgnoreCase(tags.get(IS_PROMPT));
    }

    /** Returns the tags that are the caller's. */
    static Map<String, String> own(Map<String, String> tags) {
        Map<String, String> own = new LinkedHashMap<>(tags);
        own.keySet().removeIf(key -> RESERVED.contains(key) || HIDDEN.contains(key));
        return own;
    }

    static PromptTemplate template(Map<String, String> tags) {
        String text = tags.getOrDefault(TEXT, "");
        if (!"chat".equals(tags.get(KIND))) {
            return PromptTemplate.text(text);
        }
        List<ChatMessage> messages = new ArrayList<>();
        if (Api.JSON.tree(text.getBytes(StandardCharsets.UTF_8), "the chat of a prompt") instanceof List<?> list) {
            list.forEach(message -> messages.add(message(message)));
            return PromptTemplate.chat(messages);
        }
        throw new InvalidResponseException(
                "mlflow answered with a chat prompt whose text is no list of messages", null);
    }

    private static ChatMessage message(@Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> map)) {
            throw new InvalidResponseException(
                    "mlflow answered with a chat prompt that holds no message: " + tree, null);
        }
        Map<String, Object> more = JsonTrees.object(map);
        String role = more.remove("role") instanceof String text ? text : "";
        String content = more.get("content") instanceof String text ? text : "";
        if (more.get("content") instanceof String) {
            more.remove("content");
        }
        return new ChatMessage(role, content, more);
    }

    static Map<String, Object> responseFormat(Map<String, String> tags) {
        return JsonTrees.parsed(tags.get(RESPONSE_FORMAT), "the response format of a prompt");
    }

    static Map<String, Object> modelConfig(Map<String, String> tags) {
        return JsonTrees.parsed(tags.get(MODEL_CONFIG), "the model configuration of a prompt");
    }
}
