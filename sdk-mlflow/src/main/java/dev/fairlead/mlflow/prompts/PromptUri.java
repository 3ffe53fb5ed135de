package dev.fairlead.mlflow.prompts;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refers to a version of a prompt: {@code prompts:/name/3}, {@code prompts:/name@alias}, or {@code prompts:/name@latest}. */
public sealed interface PromptUri {
    /** Returns the prompt's name. */
    String name();

    /** Refers to a version by its number. */
    static PromptUri version(String name, String version) {
        return new Version(name, version);
    }

    /** Refers to the version an alias points at. */
    static PromptUri alias(String name, String alias) {
        return alias.equalsIgnoreCase("latest") ? new Latest(name) : new Alias(name, alias);
    }

    /** Refers to the newest version. */
    static PromptUri latest(String name) {
        return new Latest(name);
    }

    /**
     * Reads a reference.
     *
     * @param text {@code name@alias}, {@code name/version}, or {@code name} for the latest; {@code prompts:/} may stand before it
     * @throws InvalidValueException if it is none of these
     */
    static PromptUri parse(String text) {
        Matcher parts = Parts.FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValueException(
                    "prompt reference",
                    List.of(new Problem(
                            "reference", "must be name@alias, name/version or name of a prompt", "'" + text + "'")));
        }
        String name = parts.group("name");
        if (parts.group("version") != null) {
            return version(name, parts.group("version"));
        }
        return parts.group("alias") != null ? alias(name, parts.group("alias")) : latest(name);
    }

    /**
     * Is a version by its number.
     *
     * @param name the prompt's name
     * @param version digits
     */
    record Version(String name, String version) implements PromptUri {
        /** Checks the parts. */
        public Version {
            Parts.check(name, "version", "\\d+", version);
        }

        @Override
        public String toString() {
            return "prompts:/" + name + "/" + version;
        }
    }

    /**
     * Is the version that an alias points at.
     *
     * @param name the prompt's name
     * @param alias the alias
     */
    record Alias(String name, String alias) implements PromptUri {
        /** Checks the parts. */
        public Alias {
            Parts.check(name, "alias", "(?![vV]\\d+$)[\\w-]+", alias);
        }

        @Override
        public String toString() {
            return "prompts:/" + name + "@" + alias;
        }
    }

    /**
     * Is the newest version.
     *
     * @param name the prompt's name
     */
    record Latest(String name) implements PromptUri {
        /** Checks the name. */
        public Latest {
            Parts.check(name, "alias", "latest", "latest");
        }

        @Override
        public String toString() {
            return "prompts:/" + name + "@latest";
        }
    }

    /** Knows the forms. */
    final class Parts {
        private static final Pattern FORM =
                Pattern.compile("(?:prompts:/)?(?<name>[A-Za-z0-9_.-]+)(?:/(?<version>\\d+)|@(?<alias>[\\w-]+))?");

        private Parts() {}

        private static void check(String name, String field, String rule, String value) {
            boolean named = PromptSpec.NAME.matcher(name).matches();
            if (!named || !value.matches(rule)) {
                throw new InvalidValueException(
                        "prompt reference",
                        List.of(
                                named
                                        ? new Problem(field, "must match " + rule, "'" + value + "'")
                                        : new Problem("name", PromptSpec.NAME_RULE, "'" + name + "'")));
            }
        }
    }
}
