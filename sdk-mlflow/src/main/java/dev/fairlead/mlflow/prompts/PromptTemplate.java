package dev.fairlead.mlflow.prompts;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Is the text of a prompt, or the messages of a chat, with variables as {@code {{name}}} or {@code {{user.name}}}. Immutable.
 *
 * <p>All variables are filled in one pass: a value that itself holds {@code {{…}}} stays as it is.
 */
public sealed interface PromptTemplate {
    /** Makes a text template. */
    static Text text(String text) {
        return new Text(text);
    }

    /** Makes a chat template. */
    static Chat chat(ChatMessage... messages) {
        return new Chat(List.of(messages));
    }

    /** Makes a chat template. */
    static Chat chat(List<ChatMessage> messages) {
        return new Chat(messages);
    }

    /** Returns the names of the variables, in the order of their first appearance. */
    default Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        texts().forEach(text -> Filling.VARIABLE.matcher(text).results().forEach(m -> names.add(m.group(1))));
        return names;
    }

    /**
     * Fills every variable; values that the template does not name are ignored.
     *
     * @throws InvalidValueException naming all variables that have no value, or if the template holds Jinja statements
     */
    default PromptTemplate fill(Map<String, ?> values) {
        Filling.check(this, values);
        return fillPartly(values);
    }

    /** Fills the variables that have a value and leaves the others. */
    default PromptTemplate fillPartly(Map<String, ?> values) {
        Filling.refuseJinja(this);
        return mapTexts(text -> Filling.fill(text, values));
    }

    /** Returns all texts. */
    Stream<String> texts();

    /** Returns the template with every text changed. */
    PromptTemplate mapTexts(UnaryOperator<String> change);

    /**
     * Is a single text.
     *
     * @param text the text
     */
    record Text(String text) implements PromptTemplate {
        @Override
        public Stream<String> texts() {
            return Stream.of(text);
        }

        @Override
        public Text mapTexts(UnaryOperator<String> change) {
            return new Text(change.apply(text));
        }

        @Override
        public Text fill(Map<String, ?> values) {
            return (Text) PromptTemplate.super.fill(values);
        }
    }

    /**
     * Is the messages of a chat.
     *
     * @param messages the messages in their order
     */
    record Chat(List<ChatMessage> messages) implements PromptTemplate {
        /** Copies the messages. */
        public Chat {
            messages = List.copyOf(messages);
        }

        @Override
        public Stream<String> texts() {
            return messages.stream().map(ChatMessage::content);
        }

        @Override
        public Chat mapTexts(UnaryOperator<String> change) {
            return new Chat(messages.stream()
                    .map(m -> m.withContent(change.apply(m.content())))
                    .toList());
        }

        @Override
        public Chat fill(Map<String, ?> values) {
            return (Chat) PromptTemplate.super.fill(values);
        }
    }

    /** Fills variables. */
    final class Filling {
        private static final Pattern VARIABLE =
                Pattern.compile("\\{\\{\\s*([a-zA-Z_][a-zA-Z0-9_]*(?:\\.[a-zA-Z_][a-zA-Z0-9_]*)*)\\s*\\}\\}");
        private static final Pattern JINJA = Pattern.compile("\\{%.*?%}", Pattern.DOTALL);

        private Filling() {}

        private static String fill(String text, Map<String, ?> values) {
            return VARIABLE.matcher(text).replaceAll(match -> {
                Object value = values.get(match.group(1));
                return Matcher.quoteReplacement(value == null ? match.group() : String.valueOf(value));
            });
        }

        private static void check(PromptTemplate template, Map<String, ?> values) {
            List<Problem> missing = new ArrayList<>();
            for (String name : template.variables()) {
                if (values.get(name) == null) {
                    missing.add(new Problem("{{" + name + "}}", "must have a value", "not set"));
                }
            }
            if (!missing.isEmpty()) {
                throw new InvalidValueException("prompt values", missing);
            }
        }

        private static void refuseJinja(PromptTemplate template) {
            template.texts()
                    .map(JINJA::matcher)
                    .filter(Matcher::find)
                    .findFirst()
                    .ifPresent(found -> {
                        throw new InvalidValueException(
                                "prompt template",
                                List.of(new Problem(
                                        "template",
                                        "must hold {{variables}} only: Jinja statements are rendered by MLflow's Python client alone",
                                        found.group())));
                    });
        }
    }
}
