package dev.fairlead.mlflow.prompts;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds a version of a prompt as the server described it when it was read. */
public interface PromptVersion {
    /** Returns the prompt's name. */
    String name();

    /** Returns the version, digits as a rule. */
    String version();

    /** Returns the template. */
    PromptTemplate template();

    /** Returns what changed with it; empty where nothing was said. */
    String commitMessage();

    /** Returns its tags, without those MLflow keeps for itself. */
    Map<String, String> tags();

    /** Returns the aliases that point at it; servers tell them only where one version is asked for. */
    List<String> aliases();

    /** Returns the JSON schema of the answer that the model is to give, as a tree; empty for none. */
    Map<String, Object> responseFormat();

    /** Returns the model and its settings, such as {@code model_name} and {@code temperature}; empty for none. */
    Map<String, Object> modelConfig();

    /** Returns when it was registered. */
    Optional<Instant> createdAt();

    /** Returns the names of the template's variables. */
    default Set<String> variables() {
        return template().variables();
    }

    /**
     * Fills a text prompt.
     *
     * @return the text, ready for a model
     * @throws InvalidValueException naming all variables that have no value, or if this is a chat prompt
     */
    default String text(Map<String, ?> values) {
        if (template() instanceof PromptTemplate.Text text) {
            return text.fill(values).text();
        }
        throw new InvalidValueException(
                "prompt", List.of(new Problem(uri().toString(), "must be a text prompt; take messages(…)", "a chat")));
    }

    /**
     * Fills a chat prompt.
     *
     * @return the messages, ready for a model
     * @throws InvalidValueException naming all variables that have no value, or if this is a text prompt
     */
    default List<ChatMessage> messages(Map<String, ?> values) {
        if (template() instanceof PromptTemplate.Chat chat) {
            return chat.fill(values).messages();
        }
        throw new InvalidValueException(
                "prompt", List.of(new Problem(uri().toString(), "must be a chat prompt; take text(…)", "a text")));
    }

    /** Returns how it is referred to: {@code prompts:/name/version}. */
    default PromptUri uri() {
        return PromptUri.version(name(), version());
    }

    /** Starts a version value, for tests and for fakes. */
    static Builder builder() {
        return ImmutablePromptVersion.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a version value. Not thread-safe. */
    interface Builder {
        /** Sets the prompt's name; mandatory. */
        Builder name(String name);

        /** Sets the version; mandatory. */
        Builder version(String version);

        /** Sets the template; mandatory. */
        Builder template(PromptTemplate template);

        /** Sets what changed with it. */
        Builder commitMessage(String message);

        /** Replaces its tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Replaces the aliases that point at it. */
        Builder aliases(Iterable<String> aliases);

        /** Adds an alias that points at it. */
        Builder addAlias(String alias);

        /** Replaces the JSON schema of the answer. */
        Builder responseFormat(Map<String, ? extends Object> schema);

        /** Replaces the model and its settings. */
        Builder modelConfig(Map<String, ? extends Object> config);

        /** Sets when it was registered. */
        Builder createdAt(Instant instant);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PromptVersion build();
    }
}
