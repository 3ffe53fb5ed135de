package dev.fairlead.internal.config;

import dev.fairlead.error.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings given to the program or around it, each with the source it came from: builder, system property, our environment variable, the service's own
 * variable, the file. What the builder's own methods set stands above them and is not in here.
 */
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h)");

    private final Map<String, String> given;
    private final Surroundings around;
    private final Map<String, String> file;
    private final Optional<Path> filePath;

    private Settings(
            Map<String, String> given, Surroundings around, Map<String, String> file, Optional<Path> filePath) {
        this.given = Map.copyOf(given);
        this.around = around;
        this.file = file;
        this.filePath = filePath;
    }

    /** Reads the settings, those given in the program first; a file that exists but cannot be used stops with a {@link ConfigurationException}. */
    public static Settings read(Map<String, String> given, Surroundings around, Optional<Path> explicitFile) {
        Optional<Path> path = ConfigFile.locate(around, explicitFile);
        return new Settings(given, around, path.map(ConfigFile::read).orElse(Map.of()), path);
    }

    /** Returns what the settings were read in. */
    public Surroundings around() {
        return around;
    }

    /**
     * One setting.
     *
     * @param key its key
     * @param value its value
     * @param source where it came from
     */
    public record Setting(String key, String value, String source) {
        /** Returns the value as it may be shown. */
        public String shown() {
            return Keys.secret(key) ? "***" : value.replaceAll("(://)[^/@]*@", "$1***@");
        }

        @Override
        public String toString() {
            return key + " = " + shown() + " (" + source + ")";
        }
    }

    /** Finds a setting in the first source that has it. */
    public Optional<Setting> find(String key) {
        return Optional.ofNullable(given.get(key))
                .map(value -> new Setting(key, value, "builder"))
                .or(() -> property(key))
                .or(() -> variable(key, Keys.variable(key)))
                .or(() -> Keys.nativeVariable(key).flatMap(name -> variable(key, name)))
                .or(() -> Optional.ofNullable(file.get(key))
                        .map(value -> new Setting(key, value, "file " + filePath.orElseThrow())));
    }

    private Optional<Setting> property(String key) {
        String name = Keys.property(key);
        return text(around.properties().apply(name)).map(v -> new Setting(key, v, "system property " + name));
    }

    private Optional<Setting> variable(String key, String name) {
        return text(around.environment().apply(name)).map(v -> new Setting(key, v, "environment " + name));
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** Finds a setting's value. */
    public Optional<String> value(String key) {
        return find(key).map(Setting::value);
    }

    /** Finds an http or https address. */
    public Optional<URI> uri(String key) {
        return find(key).map(setting -> {
            try {
                URI uri = new URI(setting.value());
                boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (http && uri.getHost() != null && uri.getUserInfo() == null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                throw wrong(setting, "an http or https address with a host, such as http://127.0.0.1:5000", e);
            }
            throw wrong(setting, "an http or https address with a host and without a user in it", null);
        });
    }

    /** Finds a file. */
    public Optional<Path> path(String key) {
        return value(key).map(Path::of);
    }

    /** Finds a duration: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, or ISO-8601. */
    public Optional<Duration> duration(String key) {
        return find(key).map(setting -> {
            Matcher matcher = DURATION.matcher(setting.value());
            if (matcher.matches()) {
                long number = Long.parseLong(matcher.group(1));
                return switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
            }
            try {
                return Duration.parse(setting.value());
            } catch (DateTimeParseException e) {
                throw wrong(setting, "a duration such as 500ms, 30s, 5m or PT30S", e);
            }
        });
    }

    /** Finds a whole number. */
    public Optional<Integer> number(String key) {
        return find(key).map(setting -> {
            try {
                return Integer.valueOf(setting.value());
            } catch (NumberFormatException e) {
                throw wrong(setting, "a whole number", e);
            }
        });
    }

    /** Finds a yes or no. */
    public Optional<Boolean> flag(String key) {
        return find(key).map(setting -> switch (setting.value().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw wrong(setting, "true or false", null);
        });
    }

    private static ConfigurationException wrong(Setting setting, String rule, @Nullable Exception cause) {
        return new ConfigurationException(
                "the setting " + setting.key() + " must be " + rule + ", was '" + setting.shown() + "' ("
                        + setting.source() + ")",
                cause);
    }
}
