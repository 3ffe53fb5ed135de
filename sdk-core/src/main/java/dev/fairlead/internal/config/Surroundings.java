package dev.fairlead.internal.config;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the process was started in.
 *
 * @param environment the environment variables
 * @param properties the system properties
 * @param home the user's home folder
 */
public record Surroundings(
        Function<String, @Nullable String> environment, Function<String, @Nullable String> properties, Path home) {
    /** Returns those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(System::getenv, System::getProperty, Path.of(System.getProperty("user.home", ".")));
    }

    /** Returns none at all, with a home that holds nothing: for platforms that must not look around. */
    public static Surroundings nothing() {
        return new Surroundings(name -> null, name -> null, Path.of("/nonexistent"));
    }
}
