package dev.fairlead.mlflow;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refers to a model in any of MLflow's ways. {@code toString()} gives the text that every MLflow client reads.
 *
 * <p>Read from text: {@code models:/name/3}, {@code models:/name@alias}, {@code models:/name/latest}, {@code models:/name/Production},
 * {@code models:/m-…}, {@code runs:/id/path}, and any other address. Without {@code models:/} the first three may be written
 * {@code name/3}, {@code name@alias}, {@code name/latest}.
 */
public sealed interface ModelUri {
    /** Refers to a version of a registered model. */
    static ModelUri version(String name, String version) {
        return new Version(name, version);
    }

    /** Refers to the version that an alias of a registered model points at. */
    static ModelUri alias(String name, String alias) {
        return new Alias(name, alias);
    }

    /** Refers to the newest version of a registered model. */
    static ModelUri latest(String name) {
        return new Latest(name);
    }

    /** Refers to a logged model of MLflow 3 by its id. */
    static ModelUri logged(String modelId) {
        return new LoggedModel(modelId);
    }

    /** Returns whether a text looks like the id of a logged model: {@code m-} and 32 hexadecimal digits. */
    static boolean isLoggedModelId(String text) {
        return Parser.LOGGED.matcher(text).matches();
    }

    /** Refers to a folder among a run's artifacts. */
    static ModelUri run(String runId, String path) {
        return new RunPath(runId, path);
    }

    /** Refers to an address. */
    static ModelUri location(URI address) {
        return new Location(address);
    }

    /**
     * Reads a reference.
     *
     * @throws InvalidValueException if it is none
     */
    static ModelUri parse(String text) {
        return Parser.parse(text);
    }

    /**
     * A version.
     *
     * @param name the model's name
     * @param version the version
     */
    record Version(String name, String version) implements ModelUri {
        /** Checks the parts. */
        public Version {
            Parser.name(name);
            Parser.require(Parser.DIGITS.matcher(version).matches(), "version", "must be a whole number", version);
        }

        @Override
        public String toString() {
            return "models:/" + name + "/" + version;
        }
    }

    /**
     * An alias.
     *
     * @param name the model's name
     * @param alias the alias
     */
    record Alias(String name, String alias) implements ModelUri {
        /** Checks the parts. */
        public Alias {
            Parser.name(name);
            Parser.alias(alias);
        }

        @Override
        public String toString() {
            return "models:/" + name + "@" + alias;
        }
    }

    /**
     * The newest version.
     *
     * @param name the model's name
     */
    record Latest(String name) implements ModelUri {
        /** Checks the name. */
        public Latest {
            Parser.name(name);
        }

        @Override
        public String toString() {
            return "models:/" + name + "/latest";
        }
    }

    /**
     * The newest version in a stage. Stages are deprecated since MLflow 2.9; aliases took their place.
     *
     * @param name the model's name
     * @param stage the stage
     */
    record Stage(String name, String stage) implements ModelUri {
        /** Checks the name. */
        public Stage {
            Parser.name(name);
        }

        @Override
        public String toString() {
            return "models:/" + name + "/" + stage;
        }
    }

    /**
     * A logged model of MLflow 3.
     *
     * @param id its id, {@code m-…}
     */
    record LoggedModel(String id) implements ModelUri {
        /** Checks the id. */
        public LoggedModel {
            Parser.require(
                    !id.isBlank() && !id.contains("/") && !id.contains("@"), "id", "must be a logged model's id", id);
        }

        @Override
        public String toString() {
            return "models:/" + id;
        }
    }

    /**
     * A folder among a run's artifacts.
     *
     * @param runId the run's id
     * @param path the folder's path
     */
    record RunPath(String runId, String path) implements ModelUri {
        /** Checks the parts. */
        public RunPath {
            Parser.require(!runId.isBlank() && !runId.contains("/"), "runId", "must be a run's id", runId);
            Parser.require(!path.isBlank() && !path.startsWith("/"), "path", "must be a relative path", path);
        }

        @Override
        public String toString() {
            return "runs:/" + runId + "/" + path;
        }
    }

    /**
     * An address.
     *
     * @param address the address
     */
    record Location(URI address) implements ModelUri {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** Reads references. */
    final class Parser {
        private static final Pattern DIGITS = Pattern.compile("\\d+");
        private static final Pattern ALIAS = Pattern.compile("[\\w-]{1,255}");
        private static final Pattern RESERVED = Pattern.compile("v\\d+");
        private static final Pattern LOGGED = Pattern.compile("m-[0-9a-f]{32}");
        private static final Pattern RUN = Pattern.compile("runs:/+([^/]+)/(.+)");
        private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

        private Parser() {}

        private static ModelUri parse(String text) {
            Matcher run = RUN.matcher(text);
            if (run.matches()) {
                return new RunPath(run.group(1), run.group(2));
            }
            if (text.startsWith("models:")) {
                String rest = text.replaceFirst("models:/*", "");
                // after the scheme a single word is an id, whatever it looks like
                return !rest.isBlank() && !rest.contains("/") && !rest.contains("@")
                        ? new LoggedModel(rest)
                        : model(rest, text);
            }
            if (text.startsWith("runs:")) {
                throw refused("model", "must be written runs:/id/path", text);
            }
            if (SCHEME.matcher(text).matches()) {
                try {
                    return new Location(new URI(text));
                } catch (URISyntaxException e) {
                    throw refused("model", "must be an address or a reference such as name@alias", text);
                }
            }
            return model(text, text);
        }

        private static ModelUri model(String rest, String text) {
            int at = rest.lastIndexOf('@');
            int slash = rest.indexOf('/');
            if (at > 0 && slash < 0) {
                return new Alias(rest.substring(0, at), rest.substring(at + 1));
            }
            if (slash < 0 && LOGGED.matcher(rest).matches()) {
                return new LoggedModel(rest);
            }
            if (slash <= 0 || slash == rest.length() - 1 || rest.indexOf('/', slash + 1) >= 0) {
                throw refused(
                        "model",
                        "must be written name@alias, name/version, name/latest, runs:/id/path or an address",
                        text);
            }
            String name = rest.substring(0, slash);
            String which = rest.substring(slash + 1);
            if (DIGITS.matcher(which).matches()) {
                return new Version(name, which);
            }
            return which.equalsIgnoreCase("latest") ? new Latest(name) : new Stage(name, which);
        }

        private static void name(String name) {
            require(
                    !name.isBlank() && !name.contains("/") && !name.contains(":"),
                    "name",
                    "must not be blank nor hold '/' or ':'",
                    name);
        }

        private static void alias(String alias) {
            require(ALIAS.matcher(alias).matches(), "alias", "must have 1 to 255 letters, digits, '_' or '-'", alias);
            String small = alias.toLowerCase(Locale.ROOT);
            require(
                    !small.equals("latest") && !RESERVED.matcher(small).matches(),
                    "alias",
                    "must not be 'latest' nor look like a version ('v3'), which are reserved",
                    alias);
        }

        private static void require(boolean holds, String place, String rule, String value) {
            if (!holds) {
                throw refused(place, rule, value);
            }
        }

        private static InvalidValueException refused(String place, String rule, String value) {
            return new InvalidValueException("model reference", List.of(new Problem(place, rule, "'" + value + "'")));
        }
    }
}
