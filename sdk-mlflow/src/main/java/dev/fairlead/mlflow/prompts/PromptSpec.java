package dev.fairlead.mlflow.prompts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Describes a version of a prompt to be registered. */
public interface PromptSpec {
    /** Is the tag that carries a version's key. */
    String KEY_TAG = "fairlead.version.key";

    /** Is what a prompt's name is made of. */
    Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    /** Says what a prompt's name is made of. */
    String NAME_RULE = "must be letters, digits, '_', '-' and '.' only";

    /** Returns the template. */
    PromptTemplate template();

    /** Returns the key under which the same version is found again; see {@link Builder#key}. */
    Optional<String> key();

    /** Returns what changed with this version; empty by default. */
    String commitMessage();

    /** Returns the version's tags; empty by default. */
    Map<String, String> tags();

    /** Returns tags that are set on the prompt itself; empty by default. */
    Map<String, String> promptTags();

    /** Returns the JSON schema of the answer that the model is to give, as a tree; empty for none. */
    Map<String, Object> responseFormat();

    /** Returns the model and its settings, such as {@code model_name} and {@code temperature}; empty for none. */
    Map<String, Object> modelConfig();

    /** Starts a description. */
    static Builder builder() {
        return ImmutablePromptSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the template; mandatory. At most 100,000 characters, of a chat's JSON. */
        Builder template(PromptTemplate template);

        /** Makes it a text prompt. */
        default Builder text(String text) {
            return template(PromptTemplate.text(text));
        }

        /** Makes it a chat prompt. */
        default Builder chat(ChatMessage... messages) {
            return template(PromptTemplate.chat(List.of(messages)));
        }

        /**
         * Sets the key of the work: when the prompt already has a version with this key, that version is returned instead of a new one,
         * also in another process. At most 250 characters.
         */
        Builder key(String key);

        /** Sets what changed with this version. */
        Builder commitMessage(String message);

        /** Replaces the version's tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag to the version. */
        Builder putTag(String key, String value);

        /** Replaces the tags that are set on the prompt itself. */
        Builder promptTags(Map<String, ? extends String> tags);

        /** Adds a tag that is set on the prompt itself. */
        Builder putPromptTag(String key, String value);

        /** Replaces the JSON schema of the answer. */
        Builder responseFormat(Map<String, ? extends Object> schema);

        /** Replaces the model and its settings. */
        Builder modelConfig(Map<String, ? extends Object> config);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PromptSpec build();
    }
}
