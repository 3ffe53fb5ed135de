package dev.fairlead.mlflow.prompts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Holds one message of a chat.
 *
 * @param role who speaks, such as {@code system}, {@code user} or {@code assistant}
 * @param content what is said; empty where the content is no text, which then stands among the additional fields
 * @param additionalFields what else the message carries, such as {@code name} or {@code tool_calls}, as JSON trees
 */
public record ChatMessage(String role, String content, Map<String, Object> additionalFields) {
    /** Copies the fields. */
    public ChatMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
        additionalFields = Map.copyOf(additionalFields);
    }

    /** Makes a message of a role and a text. */
    public static ChatMessage of(String role, String content) {
        return new ChatMessage(role, content, Map.of());
    }

    /** Makes a message that tells the model how to behave. */
    public static ChatMessage system(String content) {
        return of("system", content);
    }

    /** Makes a message of the user. */
    public static ChatMessage user(String content) {
        return of("user", content);
    }

    /** Makes a message of the model. */
    public static ChatMessage assistant(String content) {
        return of("assistant", content);
    }

    /** Returns the message as the JSON tree that chat APIs take. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("role", role);
        tree.put("content", content);
        tree.putAll(additionalFields);
        return tree;
    }

    ChatMessage withContent(String text) {
        return new ChatMessage(role, text, additionalFields);
    }
}
