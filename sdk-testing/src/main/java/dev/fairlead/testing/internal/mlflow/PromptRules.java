package dev.fairlead.testing.internal.mlflow;

import java.util.Map;
import java.util.Set;

/** What the registry does differently for prompts, which it keeps as models with a tag. */
final class PromptRules {
    private static final String TAG = "mlflow.prompt.is_prompt";
    private static final Set<String> SOURCES = Set.of("dummy-source", "prompt-template");

    private PromptRules() {}

    static boolean isPrompt(Map<String, String> tags) {
        return "true".equalsIgnoreCase(tags.get(TAG));
    }

    /** Searches show prompts only to those who name their tag. */
    static boolean shown(Map<String, String> tags, Request request) {
        return !isPrompt(tags) || request.optional("filter").orElse("").contains(TAG);
    }

    static Refusal taken(String name, boolean old, boolean wanted) {
        if (old == wanted) {
            return Refusal.exists((old ? "Prompt (name=" : "Registered Model (name=") + name + ") already exists.");
        }
        return Refusal.exists("Tried to create a " + (wanted ? "prompt" : "registered model") + " with name '" + name
                + "', but the name is already taken by a " + (old ? "prompt" : "registered model")
                + ". MLflow does not allow creating a model and a prompt with the same name.");
    }

    /** Tells whether a new version is a prompt's, and refuses one that says where it is. */
    static boolean isVersion(Request request, String source) {
        boolean prompt = isPrompt(request.pairs("tags"));
        if (prompt && !SOURCES.contains(source)) {
            throw Refusal.invalid(
                    "Invalid prompt source: '" + source + "'. Prompt sources must use an MLflow placeholder.");
        }
        return prompt;
    }
}
