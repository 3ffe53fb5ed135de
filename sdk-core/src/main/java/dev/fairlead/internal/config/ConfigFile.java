package dev.fairlead.internal.config;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.spi.Yaml;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings file: YAML, nested or dotted keys. */
final class ConfigFile {
    private ConfigFile() {}

    /** Returns the file to read: one that was named must exist, the default one need not. */
    static Optional<Path> locate(Surroundings around, Optional<Path> explicit) {
        if (explicit.isPresent()) {
            return Optional.of(existing(explicit.get(), "named in the program"));
        }
        String named = around.environment().apply("FAIRLEAD_CONFIG");
        if (named != null && !named.isBlank()) {
            return Optional.of(existing(Path.of(named.strip()), "named by FAIRLEAD_CONFIG"));
        }
        String xdg = around.environment().apply("XDG_CONFIG_HOME");
        Path folder = xdg == null || xdg.isBlank() ? around.home().resolve(".config") : Path.of(xdg.strip());
        Path file = folder.resolve("fairlead").resolve("config.yaml");
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    private static Path existing(Path file, String how) {
        if (!Files.isRegularFile(file)) {
            throw new ConfigurationException(
                    "the settings file " + file + ", " + how + ", does not exist; create it, or name another");
        }
        return file;
    }

    static Map<String, String> read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (MalformedInputException e) {
            throw new ConfigurationException("the settings file " + file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ConfigurationException("the settings file " + file + " cannot be read: " + e, e);
        }
        Object tree = Yaml.read(text, "the settings file " + file);
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        if (tree instanceof Map<?, ?> map) {
            collect("", map, settings, problems);
        } else if (tree != null) {
            problems.add("the file must hold keys with values, such as 'mlflow.uri: http://127.0.0.1:5000'");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException("the settings file " + file + " has " + problems.size()
                    + (problems.size() == 1 ? " problem: " : " problems: ") + String.join("; ", problems));
        }
        return settings;
    }

    private static void collect(String prefix, Map<?, ?> map, Map<String, String> settings, List<String> problems) {
        map.forEach((name, value) -> {
            String key = prefix + name;
            if (value instanceof Map<?, ?> inner) {
                collect(key + ".", inner, settings, problems);
            } else if (!Keys.known(key)) {
                problems.add("unknown key '" + key + "', did you mean '" + Keys.nearest(key) + "'?");
            } else {
                take(key, value, settings, problems);
            }
        });
    }

    private static void take(String key, @Nullable Object value, Map<String, String> settings, List<String> problems) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            settings.put(key, value.toString());
        } else if (value != null) {
            problems.add("the value of '" + key + "' must be one text, number or yes/no");
        }
    }
}
